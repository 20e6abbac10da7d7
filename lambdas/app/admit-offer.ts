import type { SessionActor } from "../domain/actor/actor.ts";
import { hash } from "../domain/actor/hash.ts";
import { judgedHit, parseJudgement, unjudgedHit } from "../domain/language/judge.ts";
import type { Fired } from "../domain/proactive/offering.ts";
import { rateWindows } from "../domain/proactive/rate-limits.ts";
import type { TriggerContext, TriggerHit } from "../domain/proactive/trigger.ts";
import { isInstant } from "../domain/proactive/triggering-type.ts";
import type { Suppressed } from "../domain/session/offer-slot.ts";
import type { SessionState } from "../domain/session/state.ts";
import { isCircuitOpen } from "./offer-circuit.ts";
import type { Product } from "./ports.ts";
import type { TurnPorts } from "./turn-ports.ts";

/**
 * Whether what fired may be offered: the way to the platform works, the judge finds the moment right, and every limit
 * has a place left. The place is taken last, for it is not given back.
 *
 * @throws RetryableError when a limit could not be asked: without its word nothing is offered
 */
export async function admitOffer(
  ports: TurnPorts,
  { productId, sessionId }: SessionActor,
  product: Product,
  { person }: SessionState,
  { hit }: Fired,
  context: TriggerContext,
): Promise<{ readonly hit: TriggerHit } | { readonly suppressed: Suppressed }> {
  const now = ports.clock.now();
  const { limits } = product.configuration.proactive;
  if (await isCircuitOpen(ports, productId)) return { suppressed: "circuit" };
  const worded = isInstant(hit) ? hit : await judge(ports, product, hit, context);
  if (!worded) return { suppressed: "judge" };
  const userKey = person ? hash(person.identity.by, person.identity.value) : null;
  const windows = rateWindows(limits, { sessionId, userKey }, now);
  const reserved = windows.length === 0 ? "reserved" : await ports.offerGuards.reserve(productId, windows);
  return reserved === "reserved" ? { hit: worded } : { suppressed: reserved.limited };
}

/** A judge that does not answer is as good as none. */
async function judge(
  { judge: model, telemetry }: TurnPorts,
  product: Product,
  hit: TriggerHit,
  context: TriggerContext,
): Promise<TriggerHit | null> {
  const fallback = product.configuration.proactive.judgeFallback;
  if (!model) return unjudgedHit([hit], fallback);
  try {
    return judgedHit(parseJudgement(await model.judge(product, { context, hits: [hit] })), [hit]);
  } catch {
    telemetry.warn("judge.failed", { product_id: product.productId });
    telemetry.count("judge.failed", product.productId);
    return unjudgedHit([hit], fallback);
  }
}
