import { describe, expect, it } from "vitest";
import { alarmsToArm, forgetAlarm, scheduledSecond } from "../../../lambdas/domain/actor/alarm.ts";
import { T0 } from "../../support/session.ts";

const none = { wakeAt: 0, scheduleAt: 0 };
const minute = 60_000;

describe("the precise lane", () => {
  it("given no alarm, when something is due soon, then both the alarm and its timer of record are armed", () => {
    expect(alarmsToArm(none, T0 + 150, T0, "precise")).toEqual({ precise: T0 + 150, record: T0 + 150 + 5 * minute });
  });

  it("given an earlier or equal alarm that is pending, then it will do", () => {
    const scheduleAt = T0 + minute;
    expect(alarmsToArm({ wakeAt: T0 + 150, scheduleAt }, T0 + 150, T0, "precise")).toEqual({});
    expect(alarmsToArm({ wakeAt: T0 + 1, scheduleAt }, T0 + 150, T0, "precise")).toEqual({});
  });

  it("given an alarm that is pending, and a timer of record that went off before it, then another stands behind it", () => {
    const pending = { wakeAt: T0 + 4 * minute, scheduleAt: T0 };
    expect(alarmsToArm(pending, T0 + 4 * minute, T0, "precise")).toEqual({ record: T0 + 9 * minute });
  });

  it("given a later alarm, then an earlier one is armed beside it", () => {
    const pending = { wakeAt: T0 + 10_000, scheduleAt: T0 + 10 * minute };
    expect(alarmsToArm(pending, T0 + 150, T0, "precise")).toEqual({ precise: T0 + 150 });
  });

  it.each([
    ["in the past", T0 - 1],
    ["now", T0],
  ])("given an alarm %s, then it counts as none", (_, wakeAt) => {
    expect(alarmsToArm({ wakeAt, scheduleAt: T0 + minute }, T0 + 150, T0, "precise")).toEqual({ precise: T0 + 150 });
  });

  it("given something overdue, then the alarm is for now, never for the past", () => {
    expect(alarmsToArm(none, T0 - 5_000, T0, "precise").precise).toBe(T0);
  });

  it("given more than SQS can delay, then a schedule stands alone; at exactly 15 minutes SQS still does", () => {
    expect(alarmsToArm(none, T0 + 15 * minute, T0, "precise").precise).toBe(T0 + 15 * minute);
    expect(alarmsToArm(none, T0 + 15 * minute + 1, T0, "precise")).toEqual({ schedule: T0 + 15 * minute + 1 });
  });

  it("given a schedule that is pending for then or before, then a distant deadline needs no other", () => {
    const far = T0 + 60 * minute;
    expect(alarmsToArm({ wakeAt: 0, scheduleAt: far }, far, T0, "precise")).toEqual({});
    expect(alarmsToArm({ wakeAt: 0, scheduleAt: far + 1_000 }, far, T0, "precise")).toEqual({ schedule: far });
  });
});

describe("the scheduler lane", () => {
  it("never asks for a delayed message", () => {
    expect(alarmsToArm(none, T0 + 150, T0, "scheduler")).toEqual({ schedule: T0 + 150 });
  });

  it("given a schedule as early as one can be set, then it will do, though the deadline comes first", () => {
    const scheduleAt = scheduledSecond(T0 + 150, T0);
    expect(alarmsToArm({ wakeAt: scheduleAt, scheduleAt }, T0 + 150, T0, "scheduler")).toEqual({});
    const later = scheduleAt + 1_000;
    expect(alarmsToArm({ wakeAt: later, scheduleAt: later }, T0 + 150, T0, "scheduler")).toEqual({
      schedule: T0 + 150,
    });
  });
});

describe("an alarm that goes off early, by the clock of whom it wakes", () => {
  it("is forgotten, in either lane", () => {
    expect(forgetAlarm({ wakeAt: T0 + 150, scheduleAt: T0 + minute }, T0 + 150)).toEqual({
      wakeAt: 0,
      scheduleAt: T0 + minute,
    });
    expect(forgetAlarm({ wakeAt: T0 + minute, scheduleAt: T0 + minute }, T0 + minute)).toEqual(none);
  });

  it("given that it is none of those believed to be pending, then nothing changes", () => {
    const pending = { wakeAt: T0 + 150, scheduleAt: T0 + minute };
    expect(forgetAlarm(pending, T0 + 100)).toBe(pending);
  });
});

describe("the second of a schedule", () => {
  it("is whole and never before the moment it is for", () => {
    expect(scheduledSecond(T0 + 20_001, T0)).toBe(T0 + 21_000);
    expect(scheduledSecond(T0 + 20_000, T0)).toBe(T0 + 20_000);
  });

  it("keeps ten seconds ahead of the request, since a time that has passed may never fire", () => {
    expect(scheduledSecond(T0 + 1_000, T0)).toBe(T0 + 10_000);
    expect(scheduledSecond(T0 - 50_000, T0 + 1)).toBe(T0 + 11_000);
  });
});
