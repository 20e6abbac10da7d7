import type { SchedulerClient } from "@aws-sdk/client-scheduler";
import { describe, expect, it } from "vitest";
import { createScheduledAlarm } from "../../../lambdas/adapters/scheduler/scheduled-alarm.ts";
import { createCountingRandom } from "../../support/memory/counting-random.ts";
import { createManualClock } from "../../support/memory/manual-clock.ts";
import { T0 } from "../../support/session.ts";

const actor = { kind: "session", productId: "acme", sessionId: "s1" } as const;

/** An alarm whose request takes so long until it is answered. */
function alarmThatTakes(requestMs: number) {
  const clock = createManualClock(T0);
  const client = { send: async () => clock.advance(requestMs) } as unknown as SchedulerClient;
  const names = { groupName: "g", queueArn: "q", roleArn: "r", deadLetterQueueArn: "d" };
  return createScheduledAlarm({ client, ...names, clock, random: createCountingRandom() });
}

describe("a scheduled alarm", () => {
  it("given an answer before its time, then it is set", async () => {
    await expect(alarmThatTakes(9_999)(actor, T0 + 1_000)).resolves.toBe(T0 + 10_000);
  });

  it("given a worker that hung until its time had passed, then it counts for nothing: it may never fire", async () => {
    await expect(alarmThatTakes(10_000)(actor, T0 + 1_000)).rejects.toMatchObject({
      name: "RetryableError",
      reason: "failed",
    });
  });
});
