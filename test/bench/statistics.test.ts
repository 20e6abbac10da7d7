import { describe, expect, it } from "vitest";
import { percentile, perSecond, rounded, summarize } from "../../bench/statistics.ts";

const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);

describe("a percentile", () => {
  it.each([
    [0.5, 50],
    [0.99, 99],
    [0.991, 100],
    [1, 100],
  ])("of 1 to 100 in any order, %d, is the sample at its rank: %d", (share, expected) => {
    expect(percentile(hundred, share)).toBe(expected);
  });

  it("is always a sample, never a value between two", () => {
    expect(percentile([1, 1_000], 0.5)).toBe(1);
    expect(percentile([7], 0.99)).toBe(7);
  });

  it("leaves the samples in their order", () => {
    const samples = [3, 1, 2];
    percentile(samples, 0.5);
    expect(samples).toEqual([3, 1, 2]);
  });

  it.each([0, -0.1, 1.1, Number.NaN])("refuses a share of %d", (share) => {
    expect(() => percentile([1], share)).toThrow(RangeError);
  });

  it("refuses to be made of nothing", () => {
    expect(() => percentile([], 0.5)).toThrow("There are no samples");
  });
});

it("a summary says how many samples there were, the middle, the tail and the worst, to a tenth", () => {
  expect(summarize([...hundred, 100.26])).toEqual({ samples: 101, p50: 51, p99: 100, max: 100.3 });
});

it("a rate is a second's share", () => {
  expect(perSecond(300, 1_500)).toBe(200);
});

it("rounding gives a number, not a text", () => {
  expect(rounded(1.005_4, 3)).toBe(1.005);
  expect(rounded(2, 1)).toBe(2);
});
