import type { Clock } from "../../../lambdas/app/ports.ts";
import type { PushQueue } from "../../../lambdas/app/push-ports.ts";
import { type Push, pushSchema } from "../../../lambdas/domain/activity/push.ts";
import { partitionKey } from "../../../lambdas/domain/actor/keys.ts";

/** SQS forgets a de-duplication id after five minutes. */
const DEDUPLICATION_MS = 300_000;

export type MemoryPushQueue = PushQueue & {
  /** Everything that is queued, in the order of arrival. */
  queued(): readonly Push[];
};

/** A FIFO queue of pushes: in order, each once in five minutes of the given clock. */
export function createMemoryPushQueue(clock: Clock): MemoryPushQueue {
  const pushes: Push[] = [];
  const seen = new Map<string, number>();
  return {
    send: async (sent) => {
      for (const push of sent) {
        const id = JSON.stringify([partitionKey(push.actor), push.id]);
        const before = seen.get(id);
        if (before !== undefined && clock.now() - before < DEDUPLICATION_MS) continue;
        seen.set(id, clock.now());
        pushes.push(pushSchema.parse(JSON.parse(JSON.stringify(push))));
      }
    },
    queued: () => [...pushes],
  };
}
