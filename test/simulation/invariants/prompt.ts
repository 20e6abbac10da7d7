import { sessionKey } from "../history.ts";
import type { Cloud } from "../world/cloud.ts";
import { isCalm } from "./calm.ts";
import type { Invariant } from "./invariant.ts";
import { allNotes } from "./noted.ts";

/** A schedule is set ten seconds ahead at least, rings up to a minute late, and then the turn begins. */
const SCHEDULER_LATE_MS = 72_000;
/** A turn after a turn, each with requests that may take long. */
const TURNS_MS = 15_000;

/** Where nothing goes wrong, a note comes when it is due, and not when the timer of record is. */
export const prompt: Invariant = {
  name: "notes come in time",
  watch: (cloud) => ({ end: () => (isCalm(cloud.scenario) ? lateNotes(cloud) : []) }),
};

function lateNotes(cloud: Cloud): readonly string[] {
  const { history, products } = cloud;
  return allNotes(cloud).flatMap(({ productId, sessionId, texts, createdAt }) => {
    const session = sessionKey(productId, sessionId);
    const configuration = products.get(productId)?.configuration;
    if (!configuration) return [];
    const { maxWaitMs, debounceMs, lane } = configuration;
    const linkedAt = history.changes.find((change) => change.session === session && change.after.link)?.at ?? 0;
    const mayTakeMs = Math.max(maxWaitMs, debounceMs) + TURNS_MS + (lane === "scheduler" ? SCHEDULER_LATE_MS : 0);
    const owedAt = Math.max(
      linkedAt,
      ...[...history.batches.values()]
        .filter((batch) => sessionKey(batch.productId, batch.sessionId) === session)
        .filter(({ actions }) => actions.some(({ text }) => text === texts[0]))
        .map(({ acceptedAt }) => acceptedAt)
        .filter((at) => at <= createdAt),
    );
    return createdAt - owedAt > mayTakeMs ? [`"${texts[0]}" of ${session} waited ${createdAt - owedAt} ms`] : [];
  });
}
