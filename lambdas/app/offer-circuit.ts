import type { Outcome } from "../domain/actor/outcome.ts";
import { defaultCircuitLimits, effectOnCircuit } from "../domain/proactive/circuit-breaker.ts";
import type { TurnPorts } from "./turn-ports.ts";

type CircuitPorts = Pick<TurnPorts, "offerGuards" | "clock" | "telemetry">;

/** Whether offers of the product wait because the way to the platform failed too often. */
export async function isCircuitOpen({ offerGuards, clock }: CircuitPorts, productId: string): Promise<boolean> {
  return (await offerGuards.circuit(productId, clock.now())).openUntil !== null;
}

/** Counts what says something of the way to the platform. What is not counted only lets one offer more through. */
export async function tellCircuit(
  { offerGuards, clock, telemetry }: CircuitPorts,
  productId: string,
  { kind }: Outcome,
): Promise<void> {
  const effect = effectOnCircuit(kind);
  if (effect === "none") return;
  const now = clock.now();
  const told =
    effect === "success"
      ? offerGuards.recordSuccess(productId, now)
      : offerGuards.recordFailure(productId, defaultCircuitLimits, now).then(({ opened }) => {
          if (opened) telemetry.count("offer.circuit_opened", productId);
        });
  await told.catch(() => telemetry.warn("circuit not told", { product_id: productId }));
}
