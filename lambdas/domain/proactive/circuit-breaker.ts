import type { Outcome } from "../actor/outcome.ts";

/** So many failures in a row open a product's circuit for so long. A threshold of 0 means that nothing ever does. */
export type CircuitLimits = { readonly failureThreshold: number; readonly pauseMs: number };

/** The reference's. */
export const defaultCircuitLimits: CircuitLimits = { failureThreshold: 5, pauseMs: 120_000 };

/** No offer is made while the circuit is open. `openUntil` is in milliseconds, null when it is closed. */
export type Circuit = { readonly failStreak: number; readonly openUntil: number | null };

/** Also what every success leads to. */
export const closedCircuit: Circuit = { failStreak: 0, openUntil: null };

/** The circuit at this moment: one whose pause is over is closed, and keeps the failures that came during it. */
export function circuitAt(circuit: Circuit, now: number): Circuit {
  return circuit.openUntil !== null && now >= circuit.openUntil ? { ...circuit, openUntil: null } : circuit;
}

/**
 * Counts a failure. There is no half-open state: an open circuit goes on counting, and a second full streak extends its
 * pause (as the reference does).
 *
 * @returns whether this failure opened the circuit, or opened it anew
 */
export function afterFailure(
  circuit: Circuit,
  { failureThreshold, pauseMs }: CircuitLimits,
  now: number,
): { readonly circuit: Circuit; readonly opened: boolean } {
  if (failureThreshold <= 0) return { circuit, opened: false };
  const failStreak = circuit.failStreak + 1;
  if (failStreak < failureThreshold) return { circuit: { ...circuit, failStreak }, opened: false };
  return { circuit: { failStreak: 0, openUntil: now + pauseMs }, opened: true };
}

/**
 * What the outcome of an offer's call says of the way to the platform. Only trouble on the way counts as a failure; an
 * answer that the platform meant says nothing.
 */
export function effectOnCircuit(outcome: Outcome["kind"]): "success" | "failure" | "none" {
  switch (outcome) {
    case "settled":
      return "success";
    case "failed":
    case "uncertain":
    case "paused":
      return "failure";
    case "absent":
    case "rejected":
    case "gone":
      return "none";
    default:
      return outcome satisfies never;
  }
}
