import type { SessionState } from "../../../lambdas/domain/session/state.ts";
import { type Change, sessionKey } from "../history.ts";
import { sessionsOf } from "../sessions.ts";
import type { Cloud } from "../world/cloud.ts";
import { BEGINNING } from "../world/virtual-time.ts";
import type { Invariant } from "./invariant.ts";
import { allNotes } from "./noted.ts";
import { lostAlarms } from "./settled.ts";
import { allSummaries } from "./told-parts.ts";

/** How much longer than a fault lasts its consequences may. */
const AFTERMATH_MS = 1_200_000;

/** Where as much stands in notes as a summary is made of, one was asked for; after a failure, with the next note. */
export const summariesDue: Invariant = {
  name: "a summary is asked for when enough is noted",
  watch: (cloud) => ({
    end: () =>
      sessionsOf(cloud.scenario).flatMap(({ productId, sessionId }) => {
        const { configuration } = cloud.products.get(productId) ?? {};
        const session = sessionKey(productId, sessionId);
        const own = cloud.history.changes.filter((change) => change.session === session);
        const state = own.at(-1)?.after;
        if (!configuration || !state?.link || !state.summaries || state.summaries.slot) return [];
        const troubleEndsAt = BEGINNING + cloud.scenario.faultsEndMs + AFTERMATH_MS;
        const isGivenUp = BEGINNING + configuration.delivery.giveUpAfterMs <= troubleEndsAt;
        if (isGivenUp || cloud.history.lettered.size > 0 || lostAlarms(cloud).size > 0) return [];
        if (own.some(({ before }, at) => at > 0 && !before) || isSpared(state, own, cloud)) return [];
        const left = untold(cloud, productId, sessionId, state);
        return left >= configuration.summaries.threshold ? [`${left} actions of ${session} wait for a summary`] : [];
      }),
  }),
};

/** Whether no note has stood since the last summary came to nothing, and was no longer to be waited for. */
function isSpared({ summaries }: SessionState, own: readonly Change[], { scenario }: Cloud): boolean {
  if (!summaries?.failure) return false;
  const failedAt = own.findLast(({ before, after }) => before?.summaries?.slot && !after.summaries?.slot)?.at ?? 0;
  const fromMs = Math.max(failedAt, summaries.failure.notBefore + 2 * scenario.deployment.clockSkewMs);
  return !own.some(({ before, after, at }) => at > fromMs && before?.note && !after.note);
}

/** How many actions stand in notes, are told in no summary, and were not forgotten. */
function untold(cloud: Cloud, productId: string, sessionId: string, state: SessionState): number {
  const { language, history } = cloud;
  const session = sessionKey(productId, sessionId);
  const told = new Set(allSummaries(cloud).flatMap((summary) => (summary.session === session ? summary.covers : [])));
  const forgotten = new Set(
    language
      .batchesThrough(session, state.forgottenThrough)
      .flatMap((id) => history.batches.get(id)?.actions.map(({ text }) => text) ?? []),
  );
  const standing = allNotes(cloud).filter((note) => note.productId === productId && note.sessionId === sessionId);
  return standing
    .filter(({ texts }) => !texts.some((text) => forgotten.has(text)))
    .flatMap(({ texts }) => texts.filter((text) => !told.has(text))).length;
}
