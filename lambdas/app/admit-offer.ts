import type { SessionActor } from "../domain/actor/actor.ts";
import { hash } from "../domain/actor/hash.ts";
import { rateWindows } from "../domain/proactive/rate-limits.ts";
import type { Suppressed } from "../domain/session/offer-slot.ts";
import type { SessionState } from "../domain/session/state.ts";
import { isCircuitOpen } from "./offer-circuit.ts";
import type { Product } from "./ports.ts";
import type { TurnPorts } from "./turn-ports.ts";

/**
 * Whether what fired may be offered: the way to the platform works, and every limit has a place left. The place is taken
 * last, for it is not given back.
 *
 * @returns why not; null when it may
 * @throws RetryableError when a limit could not be asked: without its word nothing is offered
 */
export async function admitOffer(
  ports: TurnPorts,
  { productId, sessionId }: SessionActor,
  product: Product,
  { person }: SessionState,
): Promise<Suppressed | null> {
  const now = ports.clock.now();
  const { limits } = product.configuration.proactive;
  if (await isCircuitOpen(ports, productId)) return "circuit";
  const userKey = person ? hash(person.identity.by, person.identity.value) : null;
  const windows = rateWindows(limits, { sessionId, userKey }, now);
  const reserved = windows.length === 0 ? "reserved" : await ports.offerGuards.reserve(productId, windows);
  return reserved === "reserved" ? null : reserved.limited;
}
