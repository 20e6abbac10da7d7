import { describe, expect, test } from "vitest";
import { createMemoryAlarms } from "../support/memory/alarms.ts";
import { createCountingRandom } from "../support/memory/counting-random.ts";
import { createManualClock } from "../support/memory/manual-clock.ts";

const actor = { kind: "session", productId: "acme", sessionId: "s-1" } as const;

function openAlarms() {
  const clock = createManualClock(1_000_000_250);
  return { clock, alarms: createMemoryAlarms(clock, createCountingRandom()) };
}

describe("the alarms in memory", () => {
  test("a precise alarm wakes its session once, at its time", async () => {
    const { clock, alarms } = openAlarms();
    const at = clock.now() + 150;
    await alarms.precise(actor, at);
    clock.advance(149);
    expect(alarms.fire()).toEqual([]);
    clock.advance(1);
    expect(alarms.fire()).toEqual([{ actor, message: { type: "wake", id: "nonce-1", acceptedAt: at } }]);
    expect(alarms.fire()).toEqual([]);
  });

  test("a precise alarm beyond the reach of SQS comes early", async () => {
    const { clock, alarms } = openAlarms();
    await alarms.precise(actor, clock.now() + 3_600_000);
    expect(alarms.pending()).toMatchObject([{ firesAt: clock.now() + 900_000 }]);
  });

  test("a scheduled alarm is set on the whole second that it tells, as EventBridge's is", async () => {
    const { clock, alarms } = openAlarms();
    const at = await alarms.schedule(actor, clock.now() + 60_000);
    expect(at).toBe(1_000_061_000);
    clock.set(at);
    expect(alarms.fire()).toMatchObject([{ message: { acceptedAt: at } }]);
  });
});
