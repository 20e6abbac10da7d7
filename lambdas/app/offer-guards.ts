import type { RateWindowName } from "../domain/actor/keys.ts";
import type { Circuit, CircuitLimits } from "../domain/proactive/circuit-breaker.ts";
import type { RateWindow } from "../domain/proactive/rate-limits.ts";

/**
 * What all sessions of a product must agree on before an offer is made. It holds for concurrent workers. Throws the
 * ports' two errors.
 */
export type OfferGuards = {
  /** As it is at this moment (ms), strongly consistent. */
  circuit(productId: string, now: number): Promise<Circuit>;
  /** Counts a failed call, also among others at the same time. `opened`: this one opened the circuit. */
  recordFailure(productId: string, limits: CircuitLimits, now: number): Promise<{ readonly opened: boolean }>;
  /** Ends a streak of failures and closes the circuit. */
  recordSuccess(productId: string, now: number): Promise<void>;
  /**
   * Takes a place in every window, or in none: in a window that comes before a full one the place is given back, which
   * may fail. So a window may count an offer that was never made, and never misses one that was. Asking again takes
   * another place.
   */
  reserve(
    productId: string,
    windows: readonly RateWindow[],
  ): Promise<"reserved" | { readonly limited: RateWindowName }>;
};
