import type { Random } from "../../local/fake-intercom/random.ts";

/** A wait whose end does not depend on how long one has waited: the gaps of a Poisson process. */
export function exponential(mean: number, random: Random): number {
  return -Math.log(1 - random()) * mean;
}

/**
 * When something arrives that arrives independently of everything else, answers included: a Poisson process.
 *
 * @param ratePerS above 0.
 * @returns milliseconds since the beginning, ascending, all before `durationMs`.
 */
export function poissonArrivals(ratePerS: number, durationMs: number, random: Random): readonly number[] {
  const arrivals: number[] = [];
  for (let at = 0; ; ) {
    at += exponential(1_000 / ratePerS, random);
    if (at >= durationMs) return arrivals;
    arrivals.push(at);
  }
}
