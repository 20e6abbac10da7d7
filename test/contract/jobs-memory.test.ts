import { describe } from "vitest";
import { createMemoryJobQueue } from "../support/memory/job-queue.ts";
import { createManualClock } from "../support/memory/manual-clock.ts";
import { jobQueueContract } from "./suites/job-queue.ts";

describe("the jobs in memory", () => {
  jobQueueContract(() => {
    const queue = createMemoryJobQueue(createManualClock());
    return {
      queue,
      queued: (sessionId) => queue.queued().filter(({ actor }) => actor.sessionId === sessionId),
    };
  });
});
