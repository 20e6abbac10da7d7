import { describe, expect, test } from "vitest";
import { createMemoryJobQueue } from "../support/memory/job-queue.ts";
import { createManualClock } from "../support/memory/manual-clock.ts";
import { answerJob, jobQueueContract } from "./suites/job-queue.ts";

describe("the jobs in memory", () => {
  jobQueueContract(() => {
    const queue = createMemoryJobQueue(createManualClock());
    return { queue, queued: (sessionId) => queue.queued().filter(({ actor }) => actor.sessionId === sessionId) };
  });

  test("forget after five minutes what they have seen, as SQS does", async () => {
    const clock = createManualClock();
    const queue = createMemoryJobQueue(clock);
    await queue.send([answerJob("s", "same")]);
    clock.advance(299_999);
    await queue.send([answerJob("s", "same")]);
    expect(queue.drain()).toHaveLength(1);
    clock.advance(1);
    await queue.send([answerJob("s", "same")]);
    expect(queue.drain()).toHaveLength(1);
  });
});
