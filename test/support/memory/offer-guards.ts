import type { OfferGuards } from "../../../lambdas/app/offer-guards.ts";
import { guardKey } from "../../../lambdas/domain/actor/keys.ts";
import {
  afterFailure,
  type Circuit,
  circuitAt,
  closedCircuit,
} from "../../../lambdas/domain/proactive/circuit-breaker.ts";

/** Guards of offers that everybody shares at once. */
export function createMemoryOfferGuards(): OfferGuards {
  const circuits = new Map<string, Circuit>();
  const taken = new Map<string, number>();
  return {
    circuit: async (productId, now) => circuitAt(circuits.get(productId) ?? closedCircuit, now),
    recordFailure: async (productId, limits, now) => {
      const { circuit, opened } = afterFailure(circuits.get(productId) ?? closedCircuit, limits, now);
      circuits.set(productId, circuit);
      return { opened };
    },
    recordSuccess: async (productId) => void circuits.delete(productId),
    reserve: async (productId, windows) => {
      const placeIn = (key: string): string => `${guardKey(productId)} ${key}`;
      const full = windows.find(({ key, limit }) => (taken.get(placeIn(key)) ?? 0) >= limit);
      if (full) return { limited: full.window };
      for (const { key } of windows) taken.set(placeIn(key), (taken.get(placeIn(key)) ?? 0) + 1);
      return "reserved";
    },
  };
}
