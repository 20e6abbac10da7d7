import type { JobQueue } from "../../../lambdas/app/language-ports.ts";
import type { Clock } from "../../../lambdas/app/ports.ts";
import { jobGroupId } from "../../../lambdas/domain/actor/keys.ts";
import { type Job, jobSchema } from "../../../lambdas/domain/language/job.ts";

/** SQS forgets a de-duplication id after five minutes. */
const DEDUPLICATION_MS = 300_000;

export type MemoryJobQueue = JobQueue & {
  /** Everything that is queued, in the order of arrival. */
  queued(): readonly Job[];
  /** Takes everything out, as a consumer does that never fails. */
  drain(): readonly Job[];
  /** Takes the oldest one out. */
  take(): Job | undefined;
};

/** A FIFO queue of jobs: in order, each once in five minutes of the given clock. */
export function createMemoryJobQueue(clock: Clock): MemoryJobQueue {
  const jobs: Job[] = [];
  const seen = new Map<string, number>();
  return {
    send: async (sent) => {
      for (const job of sent) {
        const id = JSON.stringify([jobGroupId(job), job.id]);
        const before = seen.get(id);
        if (before !== undefined && clock.now() - before < DEDUPLICATION_MS) continue;
        seen.set(id, clock.now());
        jobs.push(jobSchema.parse(JSON.parse(JSON.stringify(job))));
      }
    },
    queued: () => [...jobs],
    drain: () => jobs.splice(0),
    take: () => jobs.shift(),
  };
}
