import { type Random, seededRandom } from "../../local/fake-intercom/random.ts";

/** Gives another stream each time. */
export type Chance = () => Random;

/** 2^32 over the golden ratio: seeds that are far apart, however close the first ones are. */
const BETWEEN_SEEDS = 0x9e_37_79_b9;

/**
 * Streams of chance that are each their own: how often one is drawn from, which depends on how processes race, moves
 * nothing in another.
 */
export function streamsOfChance(seed: number): Chance {
  let next = seed;
  return () => {
    next = (next + BETWEEN_SEEDS) >>> 0;
    return seededRandom(next);
  };
}
