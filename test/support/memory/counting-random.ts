import type { Random } from "../../../lambdas/app/ports.ts";

/** Randomness that repeats: always the middle, and nonces that count. */
export function createCountingRandom(prefix = "nonce"): Random {
  let nonces = 0;
  return {
    unit: () => 0.5,
    nonce: () => {
      nonces += 1;
      return `${prefix}-${nonces}`;
    },
  };
}
