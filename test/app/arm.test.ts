import { describe, expect, it } from "vitest";
import { arm } from "../../lambdas/app/arm.ts";
import type { SlotName } from "../../lambdas/domain/session/due-at.ts";
import type { SessionState } from "../../lambdas/domain/session/state.ts";
import { createMemoryAlarms } from "../support/memory/alarms.ts";
import { createCountingRandom } from "../support/memory/counting-random.ts";
import { createManualClock } from "../support/memory/manual-clock.ts";
import { createMemoryTelemetry } from "../support/memory/telemetry.ts";
import { productWith } from "../support/product.ts";
import { linkTo, sessionWith, T0 } from "../support/session.ts";

const s1 = { kind: "session", productId: "acme", sessionId: "s1" } as const;
const waiting = sessionWith({ appended: 1, lastAcceptedAt: T0, waitingSince: T0, link: linkTo("c1") });

async function armed(state: SessionState, lane: "precise" | "scheduler" = "precise", inHand?: SlotName) {
  const clock = createManualClock(T0);
  const alarms = createMemoryAlarms(clock, createCountingRandom());
  const after = await arm(
    { alarms, clock, telemetry: createMemoryTelemetry() },
    s1,
    state,
    productWith({ timing: { lane } }).configuration,
    inHand,
  );
  return { after, pending: alarms.pending().map(({ lane: of, firesAt }) => ({ lane: of, firesAt })) };
}

describe("arming", () => {
  it("given something due, then the state remembers what was armed for it", async () => {
    const { after, pending } = await armed(waiting);
    expect(pending).toEqual([
      { lane: "precise", firesAt: T0 + 150 },
      { lane: "schedule", firesAt: T0 + 301_000 },
    ]);
    expect(after).toEqual({ ...waiting, wakeAt: T0 + 150, scheduleAt: T0 + 301_000 });
  });

  it("given an alarm that will do, then neither world nor state changes", async () => {
    const state = { ...waiting, wakeAt: T0 + 100, scheduleAt: T0 + 100_000 };
    const { after, pending } = await armed(state);
    expect(after).toBe(state);
    expect(pending).toEqual([]);
  });

  it("given an alarm whose timer of record is over, then another record is armed, and the alarm stays the first", async () => {
    const state = { ...waiting, wakeAt: T0 + 100, scheduleAt: T0 - 1_000 };
    const { after, pending } = await armed(state);
    expect(pending).toEqual([{ lane: "schedule", firesAt: T0 + 301_000 }]);
    expect(after).toEqual({ ...state, scheduleAt: T0 + 301_000 });
  });

  it("given nothing due, or only what is in hand, then nothing is armed", async () => {
    expect((await armed(sessionWith())).pending).toEqual([]);
    expect((await armed(waiting, "precise", "note")).pending).toEqual([]);
  });

  it("given the scheduler lane, then the schedule is the alarm", async () => {
    const { after, pending } = await armed(waiting, "scheduler");
    expect(pending).toEqual([{ lane: "schedule", firesAt: T0 + 10_000 }]);
    expect(after).toMatchObject({ wakeAt: T0 + 10_000, scheduleAt: T0 + 10_000 });
  });

  it("given a clock that refuses, then the turn must come again: nothing may be committed without its alarm", async () => {
    const clock = createManualClock(T0);
    const alarms = {
      ...createMemoryAlarms(clock, createCountingRandom()),
      precise: async () => {
        throw new Error("the queue is down");
      },
    };
    await expect(
      arm({ alarms, clock, telemetry: createMemoryTelemetry() }, s1, waiting, productWith().configuration, undefined),
    ).rejects.toThrow("down");
  });

  it("given a throttled Scheduler behind a precise alarm, then the turn goes on without its timer of record", async () => {
    const clock = createManualClock(T0);
    const memory = createMemoryAlarms(clock, createCountingRandom());
    const alarms = { ...memory, schedule: () => Promise.reject(new Error("throttled")) };
    const telemetry = createMemoryTelemetry();
    const after = await arm({ alarms, clock, telemetry }, s1, waiting, productWith().configuration, undefined);
    expect(after).toEqual({ ...waiting, wakeAt: T0 + 150 });
    expect(telemetry.entries().map(({ event }) => event)).toEqual(["alarm.unrecorded"]);

    const scheduler = productWith({ timing: { lane: "scheduler" } }).configuration;
    await expect(arm({ alarms, clock, telemetry }, s1, waiting, scheduler, undefined)).rejects.toThrow("throttled");
  });
});
