import { describe } from "vitest";
import { createManualClock } from "../support/memory/manual-clock.ts";
import { createMemoryPushQueue } from "../support/memory/push-queue.ts";
import { pushQueueContract } from "./suites/push-queue.ts";

describe("the pushes in memory", () => {
  pushQueueContract(() => {
    const queue = createMemoryPushQueue(createManualClock());
    return {
      queue,
      queued: (sessionId) => queue.queued().filter(({ actor }) => actor.sessionId === sessionId),
    };
  });
});
