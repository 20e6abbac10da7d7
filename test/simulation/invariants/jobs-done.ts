import { partitionKey, stateSortKey } from "../../../lambdas/domain/actor/keys.ts";
import type { SummarySlot } from "../../../lambdas/domain/session/summaries.ts";
import { sessionKey, stateOf } from "../history.ts";
import { sessionsOf } from "../sessions.ts";
import type { Cloud } from "../world/cloud.ts";
import { jobKey, jobOf } from "../world/language-log.ts";
import { expiryOf } from "../world/table.ts";
import type { Invariant } from "./invariant.ts";

/** A job ends in a result that its session hears of, or is given up: late, or after five workers that died of it. */
export const jobsDone: Invariant = {
  name: "every job comes to an end",
  watch: (cloud) => ({
    end: () => [
      ...cloud.jobs.messages().map(({ body }) => `the job ${JSON.parse(body).id} lies in the queue`),
      ...sessionsOf(cloud.scenario).flatMap(({ productId, sessionId }) => {
        const item = cloud.table.look(partitionKey({ kind: "session", productId, sessionId }), stateSortKey);
        if (!item || expiryOf(item) <= cloud.time.now()) return [];
        const slot = stateOf(item).summaries?.slot;
        const session = sessionKey(productId, sessionId);
        if (slot?.step !== "asked" || isGivenUp(cloud, session, slot.jobId)) return [];
        return [`${session} waits for ${slot.jobId}, and nobody does it`];
      }),
    ],
  }),
};

function isGivenUp({ language, history, jobs, actors, scenario }: Cloud, session: string, jobId: string): boolean {
  const key = jobKey(session, jobId);
  const { job } = language.jobs.get(key) ?? {};
  const takenAt = language.takenAt.get(key) ?? 0;
  if (job && takenAt >= job.notAfter - scenario.deployment.clockSkewMs) return true;
  if (history.lettered.has(`${jobId}>done`)) return true;
  // Asked by a turn that died before it could record it, and done before another did: the queue drops the same job.
  const recordedAt = history.changes.find(
    ({ session: changed, after }) => changed === session && isWaitedFor(after.summaries?.slot, jobId),
  )?.at;
  const answeredAt = language.answeredAt(session, jobId);
  if (recordedAt !== undefined && answeredAt !== undefined && answeredAt < recordedAt) return true;
  if (actors.letters().some(({ group }) => history.name(group) === session)) return true;
  return jobs.letters().some(({ body }) => jobOf(body) === key);
}

const isWaitedFor = (slot: SummarySlot | null | undefined, jobId: string): boolean =>
  slot?.step === "asked" && slot.jobId === jobId;
