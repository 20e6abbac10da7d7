import { describe, expect, it } from "vitest";
import { afterPause, retryDelayMs } from "../../../lambdas/domain/actor/retry.ts";

const schedule = { retryInitialMs: 1_000, retryMaxMs: 300_000 };

describe("the delay before a retry", () => {
  it.each([
    [1, 1_000],
    [2, 2_000],
    [5, 16_000],
    [9, 256_000],
    [10, 300_000],
    [5_000, 300_000],
  ])("after failure %i is at most %i ms: it doubles up to the maximum", (tries, longest) => {
    expect(retryDelayMs(schedule, tries, 0.999_999, undefined)).toBeCloseTo(longest, -1);
  });

  it("has a random last quarter, so that sessions which failed together do not come back together", () => {
    expect(retryDelayMs(schedule, 3, 0, undefined)).toBe(3_000);
    expect(retryDelayMs(schedule, 3, 0.5, undefined)).toBe(3_500);
  });

  it("given the platform's own wish, then that is the least, but never more than the maximum", () => {
    expect(retryDelayMs(schedule, 1, 0, 20_000)).toBe(20_000);
    expect(retryDelayMs(schedule, 1, 0, 5)).toBe(750);
    expect(retryDelayMs(schedule, 1, 0, 3_600_000)).toBe(300_000);
  });
});

describe("the end of a pause", () => {
  it("is spread over ten seconds", () => {
    expect(afterPause(schedule, 5_000, 0)).toBe(5_000);
    expect(afterPause(schedule, 5_000, 0.5)).toBe(10_000);
  });

  it("is spread by no more than a quarter of the longest retry", () => {
    expect(afterPause({ retryInitialMs: 10, retryMaxMs: 400 }, 5_000, 0.5)).toBe(5_050);
  });
});
