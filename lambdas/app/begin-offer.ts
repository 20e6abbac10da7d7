import type { ActivityRow } from "../domain/activity/activity-row.ts";
import type { SessionActor } from "../domain/actor/actor.ts";
import type { Decision } from "../domain/actor/decision.ts";
import { offerDueAt } from "../domain/session/due-at.ts";
import type { OfferSlot } from "../domain/session/manners.ts";
import { beginOffer, postponeOffer, suppressOffer } from "../domain/session/offer-slot.ts";
import type { SessionState } from "../domain/session/state.ts";
import { admitOffer } from "./admit-offer.ts";
import { considerOffer } from "./consider-offer.ts";
import { findOffer, sendOffer } from "./offer-call.ts";
import { isCircuitOpen } from "./offer-circuit.ts";
import type { Product } from "./ports.ts";
import type { Begun } from "./session-call.ts";
import type { TurnPorts } from "./turn-ports.ts";

/** Fires an offer if its moment has come, and begins the call that the offer in the slot is due for. */
export async function beginOfferCall(
  ports: TurnPorts,
  actor: SessionActor,
  product: Product,
  before: SessionState,
  uncommitted: readonly ActivityRow[],
): Promise<Begun> {
  const { state, effects } = await considerOffer(ports, actor, product, before, uncommitted);
  const now = ports.clock.now();
  const offer = state.manners?.offer;
  if (!offer || offerDueAt(state) > now) return { state, effects, call: null };
  switch (offer.step) {
    case "waiting": {
      const gated = await gateAgain(ports, actor, state, offer);
      if (gated) return { state: gated.state, effects: [...effects, ...gated.effects], call: null };
      const refused = offer.toAdmit ? await admitOffer(ports, actor, product, state) : null;
      if (refused) {
        const suppressed = suppressOffer(actor, state, refused, now);
        return { state: suppressed.state, effects: [...effects, ...suppressed.effects], call: null };
      }
      const begun = beginOffer(state, product.configuration, now);
      return { state: begun.state, effects, call: sendOffer(ports, actor, product, begun.sending) };
    }
    case "sending":
      // Its lease is over, which the turn noticed before: nothing is sent twice.
      return { state, effects, call: null };
    case "uncertain":
      return { state, effects, call: findOffer(ports, actor, product, offer, state.manners?.partIds ?? []) };
    default:
      return offer satisfies never;
  }
}

/** Right before it is sent, an offer is asked again whether its moment is still there. Null: it is. */
async function gateAgain(
  ports: TurnPorts,
  actor: SessionActor,
  state: SessionState,
  { attempt, tries }: Extract<OfferSlot, { step: "waiting" }>,
): Promise<Decision<SessionState> | null> {
  const now = ports.clock.now();
  const { manners, link } = state;
  if (now >= attempt.notAfter) return suppressOffer(actor, state, "late", now);
  const assists = manners?.agent.mode !== "thinking";
  if (assists === (attempt.kind === "help")) return suppressOffer(actor, state, "moved_on", now);
  if (!link?.verified || link.conversationId !== attempt.conversationId) {
    return suppressOffer(actor, state, "moved_on", now);
  }
  // Help that fired just now has asked already.
  const asked = attempt.kind === "help" && tries === 0;
  if (!asked && (await isCircuitOpen(ports, actor.productId))) return suppressOffer(actor, state, "circuit", now);
  const pause = await ports.guards.pause(actor.productId, now);
  return pause ? postponeOffer(actor, state, pause.until, now) : null;
}
