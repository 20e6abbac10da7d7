import { partitionKey, stateSortKey } from "../../../lambdas/domain/actor/keys.ts";
import type { ProductConfiguration } from "../../../lambdas/domain/product/configuration.ts";
import { evaluationDueAt } from "../../../lambdas/domain/session/offer-gate.ts";
import type { SessionState } from "../../../lambdas/domain/session/state.ts";
import { sessionKey, stateOf } from "../history.ts";
import { sessionsOf } from "../sessions.ts";
import type { Cloud } from "../world/cloud.ts";
import { expiryOf } from "../world/table.ts";
import type { Invariant } from "./invariant.ts";

/** When nobody waits for anything any more, nothing is left to wait for: no message comes to a session's rescue. */
export const settled: Invariant = {
  name: "nothing is left undone",
  watch: (cloud) => ({
    end: () => [
      ...cloud.actors.messages().map(({ group }) => `a message of ${cloud.history.name(group)} lies in the queue`),
      ...cloud.pushes.messages().map(({ group }) => `a push of ${cloud.history.name(group)} lies in the queue`),
      ...cloud.pushes.letters().map(({ group }) => `a push of ${cloud.history.name(group)} is a dead letter`),
      ...(cloud.deadlines.size() > 0 ? ["an alarm lies in the queue of deadlines"] : []),
      ...sessionsOf(cloud.scenario).flatMap(({ productId, sessionId }) => {
        const key = partitionKey({ kind: "session", productId, sessionId });
        const item = cloud.table.look(key, stateSortKey);
        const given = lostAlarms(cloud).has(key);
        if (!item || expiryOf(item) <= cloud.time.now() || given) return [];
        const configuration = cloud.products.get(productId)?.configuration;
        const state = stateOf(item);
        return [...undone(state), ...(configuration ? unoffered(state, configuration) : [])].map(
          (what) => `${sessionKey(productId, sessionId)}: ${what}`,
        );
      }),
    ],
  }),
};

/** What the agent still owes. */
function unoffered(state: SessionState, configuration: ProductConfiguration): readonly string[] {
  const { agent, offer, teardown } = state.manners ?? {};
  return [
    ...(agent && agent.mode !== "thinking" ? [`its agent is in ${agent.mode}`] : []),
    ...(offer ? [`its offer is ${offer.step}`] : []),
    ...(teardown ? ["its conversation is being taken away"] : []),
    ...(evaluationDueAt(state, configuration) < Number.POSITIVE_INFINITY ? ["nobody has looked at its silence"] : []),
  ];
}

/**
 * Groups of which SQS itself has put a message aside: it may have been the alarm of its turn. What the worker puts aside
 * is followed by an alarm.
 */
export function lostAlarms({ actors }: Cloud): ReadonlySet<string> {
  const letters = actors.letters().filter(({ reason }) => reason === "received too often");
  return new Set(letters.map(({ group }) => group));
}

function undone({ note, claim, link, postedThrough, appended, summaries, answering }: SessionState): readonly string[] {
  return [
    ...(note && (link || note.step !== "waiting") ? [`its note is ${note.step}`] : []),
    ...(claim ? ["its claim is unanswered"] : []),
    // That a job is given up is seen when the next note stands.
    ...(summaries?.slot && summaries.slot.step !== "asked" ? [`its summary is ${summaries.slot.step}`] : []),
    ...(summaries?.redaction ? ["notes of its summary still stand"] : []),
    ...(link && summaries && summaries.groups.length > 0 && !summaries.slot && !summaries.failure
      ? ["nobody has asked for its summary"]
      : []),
    ...(answering?.slot ? [`its answer is ${answering.slot.step}`] : []),
    ...(link && postedThrough < appended ? [`rows ${postedThrough + 1} to ${appended} wait`] : []),
  ];
}
