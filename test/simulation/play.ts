import { wakeEnvelope } from "../../lambdas/domain/actor/deadline.ts";
import { messageGroupId } from "../../lambdas/domain/actor/keys.ts";
import { contactOf } from "./contacts.ts";
import type { History } from "./history.ts";
import { account } from "./invariants/account.ts";
import { invariants } from "./invariants/invariants.ts";
import type { Happening, Scenario } from "./scenario.ts";
import { echo, reply, tap, write } from "./users.ts";
import { type Cloud, createCloud, type QueueName } from "./world/cloud.ts";
import { createEdge } from "./world/edge.ts";
import { createRelays, createWorkers } from "./world/event-sources.ts";
import { createJobWorkers } from "./world/job-workers.ts";
import { createListeners, type Listeners } from "./world/listeners.ts";
import { createPushWorkers } from "./world/push-workers.ts";
import { BEGINNING } from "./world/virtual-time.ts";

/** In how much virtual time everything has to settle when the last fault is over and the last thing has happened. */
export const SETTLES_WITHIN_MS = 2 * 3_600_000;

export type Played = {
  /** The first invariant that broke. */
  readonly broken: History["broken"][number] | undefined;
  readonly reached: ReadonlySet<string>;
  /** Why accepted actions are in no note, and how many. */
  readonly missing: ReadonlyMap<string, number>;
  readonly trace: readonly string[];
  readonly accepted: number;
  readonly noted: number;
};

/** Plays a scenario to its end, or to the first invariant that breaks. The same scenario is always played the same way. */
export async function play(
  scenario: Scenario,
  { traced = false }: { readonly traced?: boolean } = {},
): Promise<Played> {
  const pollers: Partial<Record<QueueName, () => void>> = {};
  const cloud = createCloud(scenario, traced, (queue) => pollers[queue]?.());
  pollers.actors = createWorkers(cloud);
  pollers.deadlines = createRelays(cloud);
  pollers.jobs = createJobWorkers(cloud);
  pollers.pushes = createPushWorkers(cloud);
  const { time, history, actors, jobs, scenario: played } = cloud;
  const watched = invariants.map((invariant) => ({ ...invariant, watch: invariant.watch(cloud) }));
  const check = (moment: "during" | "end"): void => {
    for (const { name, watch } of watched) {
      for (const detail of watch[moment]?.() ?? []) history.wrong(name, detail);
    }
  };
  history.onChange = (change) => {
    for (const { name, watch } of watched)
      for (const detail of watch.change?.(change) ?? []) history.wrong(name, detail);
    check("during");
  };
  openConversations(cloud);
  const [edge, listeners] = [createEdge(cloud), createListeners(cloud)];
  for (const happening of played.happenings) {
    time.at(BEGINNING + happening.atMs, () => happen(cloud, edge, listeners, happening));
  }

  const quietFrom = BEGINNING + Math.max(played.faultsEndMs, ...played.happenings.map(lastMs));
  const settle = async (): Promise<void> => {
    const settled = await time.run(Math.max(quietFrom, time.now()) + SETTLES_WITHIN_MS);
    if (!settled) history.wrong("everything settles", "something is still waiting hours after the last fault");
  };
  await settle();
  if (played.deployment.redriveAtEnd && actors.redrive() + jobs.redrive() > 0) await settle();
  check("during");
  if (history.broken.length === 0) check("end");
  const { missing, accepted, noted } = account(cloud);
  return { broken: history.broken[0], reached: history.reached, missing, accepted, noted, trace: history.trace };
}

function openConversations({ time, scenario, workspaces, note }: Cloud): void {
  for (const conversation of scenario.conversations) {
    const { productId, conversationId, unknownForMs } = conversation;
    const closedAt = scenario.happenings.find(
      (one) => one.type === "close" && one.productId === productId && one.conversationId === conversationId,
    )?.atMs;
    time.at(BEGINNING + unknownForMs, () => {
      if (closedAt !== undefined && closedAt <= unknownForMs) return;
      note(() => `the platform knows ${productId}/${conversationId}`);
      const origin = conversation.openedByUs ? { openedByUs: true, personWrote: false } : undefined;
      workspaces.of(productId).openConversation(conversationId, [contactOf(conversation)], origin);
    });
  }
}

function happen(cloud: Cloud, edge: ReturnType<typeof createEdge>, listeners: Listeners, happening: Happening): void {
  const { note, actors, jobs, workspaces } = cloud;
  switch (happening.type) {
    case "body":
      note(
        () => `a sender sends ${happening.batches.map((one) => `${one.sessionId} (${one.actions.length})`).join(", ")}`,
      );
      void edge.sendBody(happening);
      break;
    case "source":
      note(() => `a tool tells ${happening.events.length} events of ${happening.sessionId}`);
      void edge.tellSource(happening);
      break;
    case "page":
      void listeners.listenAsPage(happening);
      break;
    case "operator":
      void listeners.listenAsOperator(happening);
      break;
    case "write":
      write(cloud, edge, happening);
      break;
    case "tap":
      tap(cloud, edge, happening);
      break;
    case "echo":
      echo(cloud, edge, happening);
      break;
    case "reply":
      reply(cloud, happening);
      break;
    case "reset":
      note(() => `an operator resets ${happening.userId}`);
      void edge.reset(happening);
      break;
    case "tour":
      note(() => `the page of ${happening.sessionId} reports its tour: ${happening.progress}`);
      void edge.reportTour(happening);
      break;
    case "claim":
      note(() => `a page claims ${happening.conversationId} for ${happening.sessionId}`);
      void edge.claim(happening);
      break;
    case "wake":
      strayWake(cloud, happening);
      break;
    case "close":
      note(() => `${happening.conversationId} is deleted`);
      workspaces.of(happening.productId).closeConversation(happening.conversationId);
      break;
    case "redrive":
      note(() => "the dead letters are redriven");
      actors.redrive();
      jobs.redrive();
      break;
    default:
      happening satisfies never;
  }
}

function strayWake(
  { actors, random, time }: Cloud,
  { productId, sessionId }: Extract<Happening, { type: "wake" }>,
): void {
  const nonce = random.nonce();
  const envelope = wakeEnvelope({ actor: { kind: "session", productId, sessionId }, dueAt: time.now(), nonce });
  actors.send({ group: messageGroupId(envelope.actor), deduplicationId: nonce, body: JSON.stringify(envelope) });
}

/** When the last thing of a happening is sent. */
function lastMs(happening: Happening): number {
  const again = "againMs" in happening ? happening.againMs : [];
  const visits = "visits" in happening ? happening.visits.map(({ forMs, awayMs }) => forMs + awayMs) : [];
  return happening.atMs + [...again, ...visits].reduce((sum, ms) => sum + ms, 0);
}
