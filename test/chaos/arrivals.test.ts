import { describe, expect, it } from "vitest";
import { exponential, poissonArrivals } from "../../chaos/load/arrivals.ts";
import { seededRandom } from "../../local/fake-intercom/random.ts";

const gapsOf = (moments: readonly number[]) => moments.map((at, n) => at - (moments[n - 1] ?? 0));

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

describe("a Poisson process", () => {
  const arrivals = poissonArrivals(50, 600_000, seededRandom(7));

  it("arrives at its rate", () => {
    expect(arrivals.length / 600).toBeCloseTo(50, -0.5);
  });

  it("is in order, and ends in time", () => {
    expect(arrivals).toEqual(arrivals.toSorted((one, other) => one - other));
    expect(arrivals.at(-1)).toBeLessThan(600_000);
  });

  it("has gaps of every length: their deviation is their mean, unlike a metronome's", () => {
    const gaps = gapsOf(arrivals);
    const middle = mean(gaps);
    const deviation = Math.sqrt(mean(gaps.map((gap) => (gap - middle) ** 2)));

    expect(middle).toBeCloseTo(20, -0.5);
    expect(deviation / middle).toBeCloseTo(1, 1);
  });

  it("is the same for the same seed, and another for another", () => {
    expect(poissonArrivals(50, 1_000, seededRandom(7))).toEqual(poissonArrivals(50, 1_000, seededRandom(7)));
    expect(poissonArrivals(50, 1_000, seededRandom(7))).not.toEqual(poissonArrivals(50, 1_000, seededRandom(8)));
  });
});

it("a wait is never endless, whatever chance draws", () => {
  expect(exponential(1_000, () => 0)).toBeCloseTo(0);
  expect(exponential(1_000, () => 1 - 2 ** -32)).toBeLessThan(30_000);
});
