import { idOf, type QueuedBatch, sessionKey } from "../history.ts";
import type { Cloud } from "../world/cloud.ts";
import { BEGINNING } from "../world/virtual-time.ts";
import { allNotes, textsOf } from "./noted.ts";
import { lostAlarms } from "./settled.ts";

export type Account = {
  readonly accepted: number;
  readonly noted: number;
  /** Accepted actions that are in no note, by the rule that lets them be missing. */
  readonly missing: ReadonlyMap<string, number>;
  /** Those that no rule excuses. */
  readonly lost: readonly string[];
};

type Accepted = { readonly session: string; readonly text: string };

/** How much longer than a fault lasts its consequences may: a retry waits, a message comes back, an alarm is late. */
const AFTERMATH_MS = 1_200_000;

/**
 * Where every accepted action is. Accepted is what an answer has confirmed to its sender; judged is by what went in and
 * what stands on the platform.
 */
export function account(cloud: Cloud): Account {
  const noted = new Map<string, number>();
  for (const { productId, sessionId, texts } of allNotes(cloud)) {
    for (const text of texts) add(noted, keyOf({ session: sessionKey(productId, sessionId), text }));
  }
  const groups = new Map<string, { readonly action: Accepted; count: number }>();
  for (const { productId, batches } of cloud.history.confirmed) {
    for (const { sessionId, actions } of batches) {
      for (const { text } of actions) {
        const action = { session: sessionKey(productId, sessionId), text };
        const group = groups.get(keyOf(action)) ?? { action, count: 0 };
        group.count += 1;
        groups.set(keyOf(action), group);
      }
    }
  }
  const missing = new Map<string, number>();
  const lost: string[] = [];
  let accepted = 0;
  for (const [key, { action, count }] of groups) {
    accepted += count;
    const absent = count - (noted.get(key) ?? 0);
    if (absent <= 0) continue;
    const excuses = queuedActions(cloud, action).flatMap((one) => excuseOf(cloud, action, one) ?? []);
    for (const excuse of excuses.slice(0, absent)) add(missing, excuse);
    if (excuses.length < absent) lost.push(`"${action.text}" of ${action.session} was accepted and is in no note`);
  }
  return { accepted, noted: [...noted.values()].reduce((sum, count) => sum + count, 0), missing, lost };
}

type QueuedAction = { readonly batch: QueuedBatch; readonly startMs: number };

function queuedActions({ history }: Cloud, { session, text }: Accepted): readonly QueuedAction[] {
  return [...history.batches.values()].flatMap((batch) =>
    sessionKey(batch.productId, batch.sessionId) === session
      ? batch.actions.filter((one) => one.text === text).map(({ startMs }) => ({ batch, startMs }))
      : [],
  );
}

/** The rule by which an action may be missing; undefined when there is none. */
function excuseOf(cloud: Cloud, { session, text }: Accepted, { batch, startMs }: QueuedAction): string | undefined {
  const { actors, history, workspaces, scenario } = cloud;
  const { acceptedAt, productId } = batch;
  const configuration = cloud.products.get(productId)?.configuration;
  if (!configuration) return undefined;
  const { preLinkWindowMs, retentionMs, delivery } = configuration;

  if (actors.letters().some(({ body }) => idOf(body) === batch.id)) return "its batch is a dead letter";
  if (workspaces.rejected.some((note) => textsOf(note).includes(text))) return "the platform rejected its note";

  const own = history.changes.filter((change) => change.session === session);
  const windows = own
    .filter(({ before, after, at }) => !before?.link && after.link && acceptedAt <= at)
    .map(({ at }) => latestAcceptance(cloud, session, at) - preLinkWindowMs);
  if (windows.some((windowStart) => startMs < windowStart)) return "it had left the window at the link";
  // A clock so far ahead is wrong, and may not widen what is read back.
  if (windows.some((windowStart) => acceptedAt + 600_000 < windowStart)) return "its clock was far ahead of the window";

  const forgottenAt = own.find(({ before, at }, index) => index > 0 && !before && at > acceptedAt)?.at;
  if (forgottenAt !== undefined && forgottenAt - acceptedAt >= Math.min(retentionMs, delivery.giveUpAfterMs)) {
    return "its session was forgotten";
  }
  const state = own.at(-1)?.after;
  if (!state?.link) return "its session is not linked";
  const troubleEndsAt = BEGINNING + scenario.faultsEndMs + AFTERMATH_MS;
  if (acceptedAt + delivery.giveUpAfterMs <= troubleEndsAt) return "it was given up";
  // The message in hand is the alarm of its turn's call (docs/adr/0001).
  const alarmLost = [...lostAlarms(cloud)].some((group) => history.name(group) === session);
  return alarmLost ? "its session's alarm is a dead letter" : undefined;
}

function latestAcceptance({ history }: Cloud, session: string, until: number): number {
  return Math.max(...(history.acceptances.get(session) ?? []).filter((at) => at <= until));
}

const keyOf = ({ session, text }: Accepted): string => JSON.stringify([session, text]);

function add(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
