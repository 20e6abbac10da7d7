import type { AnnouncedEvent } from "../../lambdas/domain/actor/domain-event.ts";
import { partitionKey, stateSortKey } from "../../lambdas/domain/actor/keys.ts";
import type { Manners } from "../../lambdas/domain/session/manners.ts";
import type { SessionState } from "../../lambdas/domain/session/state.ts";
import type { Happening, Scenario } from "./scenario.ts";
import { sessionsOf } from "./sessions.ts";
import { expiryOf, type Item, type Written } from "./world/table.ts";
import { BEGINNING, type VirtualTime } from "./world/virtual-time.ts";

type Of<Type extends Happening["type"]> = Extract<Happening, { type: Type }>;

/** A batch as the edge queued it for the first time. Times are milliseconds since 1970. */
export type QueuedBatch = {
  readonly id: string;
  readonly productId: string;
  readonly sessionId: string;
  /** In the order of queuing. */
  readonly position: number;
  readonly acceptedAt: number;
  readonly actions: readonly { readonly text: string; readonly startMs: number }[];
};

/** A session's item changed. */
export type Change = {
  readonly session: string;
  readonly at: number;
  /** Undefined where none was, or one that had expired. */
  readonly before: SessionState | undefined;
  readonly after: SessionState;
};

/** A batch or a page says which conversation is its session's. */
export type Naming = {
  readonly session: string;
  readonly conversationId: string;
  /** Whether the session's user had been named before, or was by the same message. */
  readonly userKnown: boolean;
};

export type Tap = { readonly write: Of<"write">; readonly notificationId: string; readonly partId: string };

/** What was seen from outside while a scenario was played; the oracles judge by nothing else. */
export type History = {
  readonly trace: string[];
  readonly reached: Set<string>;
  readonly requests: Map<string, number>;
  readonly reports: { readonly event: string; readonly cause: unknown }[];
  readonly changes: readonly Change[];
  readonly batches: ReadonlyMap<string, QueuedBatch>;
  /** When batches of each session were accepted, however often: a copy that is sent again is accepted again. */
  readonly acceptances: ReadonlyMap<string, readonly number[]>;
  readonly bodies: ReadonlySet<Of<"body">>;
  readonly confirmed: ReadonlySet<Of<"body">>;
  readonly webhooks: ReadonlySet<Of<"write">>;
  /** Chips that users tapped, and in which part of the conversation. */
  readonly taps: Tap[];
  /** Events that the bus took and others act upon, as often as it took them. */
  readonly announced: AnnouncedEvent[];
  /** Conversations that batches and pages named for their sessions, in the order of queuing. */
  readonly namings: readonly Naming[];
  /** Ids of messages that ever were dead letters. */
  readonly lettered: ReadonlySet<string>;
  /** How often a message was received, by its id. */
  readonly receives: ReadonlyMap<string, number>;
  /** What is wrong, first things first. */
  readonly broken: { readonly invariant: string; readonly detail: string; readonly at: number }[];
  wrong(invariant: string, detail: string): void;
  /** Who has this message group or partition. */
  name(key: string): string;
  queued(body: string): void;
  letter(body: string): void;
  written(written: Written): void;
  describeWrite(written: Written): string;
  received(body: string): void;
  bodySent(body: Of<"body">): void;
  bodyConfirmed(body: Of<"body">): void;
  webhookConfirmed(write: Of<"write">): void;
  /** Is told of every change of a session. */
  onChange: (change: Change) => void;
};

export function createHistory(scenario: Scenario, time: VirtualTime): History {
  const names = namesOf(scenario);
  const changes: Change[] = [];
  const batches = new Map<string, QueuedBatch>();
  const acceptances = new Map<string, readonly number[]>();
  const bodies = new Set<Of<"body">>();
  const confirmed = new Set<Of<"body">>();
  const webhooks = new Set<Of<"write">>();
  const receives = new Map<string, number>();
  const namings: Naming[] = [];
  const identified = new Set<string>();
  const lettered = new Set<string>();
  const name = (key: string): string => names.get(key) ?? key;

  const history: History = {
    trace: [],
    reached: new Set(),
    requests: new Map(),
    reports: [],
    changes,
    batches,
    acceptances,
    bodies,
    confirmed,
    webhooks,
    taps: [],
    announced: [],
    namings,
    lettered,
    receives,
    broken: [],
    name,
    wrong: (invariant, detail) => void history.broken.push({ invariant, detail, at: time.now() - BEGINNING }),
    queued: (body) => {
      const { actor, message } = JSON.parse(body);
      if (actor.kind !== "session") return;
      const session = sessionKey(actor.productId, actor.sessionId);
      const vouched = message.type === "claim" && message.vouchedUserId;
      if (message.userId || message.email || vouched) identified.add(session);
      if ((message.type === "claim" || message.type === "actions") && message.conversationId) {
        namings.push({ session, conversationId: message.conversationId, userKnown: identified.has(session) });
      }
      if (message.type !== "actions") return;
      acceptances.set(session, [...(acceptances.get(session) ?? []), message.acceptedAt]);
      if (batches.has(message.id)) return;
      batches.set(message.id, {
        id: message.id,
        productId: actor.productId,
        sessionId: actor.sessionId,
        position: batches.size,
        acceptedAt: message.acceptedAt,
        actions: message.actions.map((action: { description: string; timestamp_start: number }) => ({
          text: action.description,
          startMs: action.timestamp_start * 1_000,
        })),
      });
    },
    letter: (body) => void lettered.add(idOf(body)),
    written: ({ pk, sk, before, after }) => {
      if (sk !== stateSortKey || !pk.startsWith("S#")) return;
      const expired = before && expiryOf(before) <= time.now();
      const change = {
        session: name(pk),
        at: time.now(),
        before: before && !expired ? stateOf(before) : undefined,
        after: stateOf(after),
      };
      changes.push(change);
      history.onChange(change);
    },
    describeWrite: ({ pk, sk, after }) => {
      if (sk !== stateSortKey) return `written ${name(pk)} ${sk}`;
      return `written ${name(pk)} version ${after.version?.N}: ${describeState(stateOf(after))}`;
    },
    received: (body) => {
      const id = idOf(body);
      receives.set(id, (receives.get(id) ?? 0) + 1);
    },
    bodySent: (body) => void bodies.add(body),
    bodyConfirmed: (body) => void confirmed.add(body),
    webhookConfirmed: (write) => void webhooks.add(write),
    onChange: () => undefined,
  };
  return history;
}

/** The id of a message: it survives a redrive, and names a batch. */
export const idOf = (body: string): string => JSON.parse(body).message?.id;

export const sessionKey = (productId: string, sessionId: string): string => `${productId}/${sessionId}`;

function namesOf(scenario: Scenario): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const { productId, sessionId } of sessionsOf(scenario)) {
    names.set(partitionKey({ kind: "session", productId, sessionId }), sessionKey(productId, sessionId));
  }
  return names;
}

export function stateOf(item: Item): SessionState {
  return JSON.parse(item.state?.S ?? "{}");
}

function describeState(state: Partial<SessionState>): string {
  const { appended, postedThrough, link, note, claim, suspect, wakeAt = 0, scheduleAt = 0, person, manners } = state;
  if (appended === undefined) return JSON.stringify(state).slice(0, 200);
  const at = (moment: number): string => (moment > 0 ? ((moment - BEGINNING) / 1_000).toFixed(3) : "-");
  return [
    `rows ${postedThrough}/${appended}`,
    `link ${link ? `${link.conversationId}${link.verified ? "" : "?"} through ${link.through}` : "-"}`,
    `note ${note ? note.step : "-"}`,
    note?.step === "posting" || note?.step === "uncertain" ? `${note.attempt.from}-${note.attempt.through}` : "",
    claim ? `claim ${claim.conversationId} ${at(claim.retryAt)}` : "",
    manners ? `agent ${describeManners(manners)}` : "",
    suspect ? `suspect ${suspect.messageId} x${suspect.trials}` : "",
    person ? `person ${person.identity.value}` : "",
    `wake ${at(wakeAt)} schedule ${at(scheduleAt)}`,
  ]
    .filter(Boolean)
    .join(", ");
}

function describeManners({ agent, offer, shown, teardown, silentAt }: Manners): string {
  const at = (moment: number): string => ((moment - BEGINNING) / 1_000).toFixed(3);
  return [
    agent.mode,
    agent.cooldown ? `cools from ${at(agent.cooldown.startedAt)}` : "",
    agent.guidance ? `guides ${agent.guidance.tourId}` : "",
    offer ? `offer ${offer.attempt.kind} ${offer.attempt.id} ${offer.step}` : "",
    shown ? `shown ${shown.kind}${shown.ignoredAt === null ? "" : " ignored"}` : "",
    teardown ? `teardown ${at(teardown.retryAt)}` : "",
    silentAt === null ? "" : `silent ${at(silentAt)}`,
  ]
    .filter(Boolean)
    .join(" ");
}
