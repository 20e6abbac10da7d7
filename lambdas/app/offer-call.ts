import type { SessionActor } from "../domain/actor/actor.ts";
import type { Outcome } from "../domain/actor/outcome.ts";
import type { OfferSlot } from "../domain/session/manners.ts";
import { settleOffer } from "../domain/session/offer-slot.ts";
import type { SessionState } from "../domain/session/state.ts";
import { tellCircuit } from "./offer-circuit.ts";
import { outcomeOf } from "./outcome-of.ts";
import { PLATFORM_SKEW_MS } from "./platform-clock.ts";
import type { Product } from "./ports.ts";
import type { Call, Step, TurnPorts } from "./turn-ports.ts";

/** Sends the offer that the item has on record, unless its moment has passed meanwhile. */
export function sendOffer(
  ports: TurnPorts,
  actor: SessionActor,
  product: Product,
  { attempt, leaseUntil }: Extract<OfferSlot, { step: "sending" }>,
): Call {
  const { conversationId, body, chips, notAfter } = attempt;
  const options = chips.map(({ label, uuid }) => ({ text: label, uuid }));
  return {
    slot: "offer",
    make: async () => {
      // A commit may have taken long: an offer is never sent late, and never when its lease may end meanwhile.
      const now = ports.clock.now();
      const late = now >= notAfter || now + product.configuration.delivery.callTimeoutMs > leaseUntil;
      if (late) return offerStep(ports, actor, product, attempt.id, { kind: "failed" });
      const sent = await ports.platform
        .offerHelp(product, { conversationId, body, options })
        .then(({ partId, bare }) => ({ outcome: settled(partId), bare: bare === true }))
        .catch(async (error) => ({
          outcome: await outcomeOf(error, ports, actor.productId, product.configuration),
          bare: false,
        }));
      await tellCircuit(ports, actor.productId, sent.outcome);
      return offerStep(ports, actor, product, attempt.id, sent.outcome, sent.bare);
    },
  };
}

/** Looks for an offer whose call came to no definite end. It is never sent again. */
export function findOffer(
  ports: TurnPorts,
  actor: SessionActor,
  product: Product,
  { attempt, startedAt }: Extract<OfferSlot, { step: "uncertain" }>,
  partIds: readonly string[],
): Call {
  const { conversationId, body, chips } = attempt;
  return {
    slot: "offer",
    make: async () => {
      const outcome: Outcome = await ports.platform
        .findOffer(product, {
          conversationId,
          optionUuids: chips.map(({ uuid }) => uuid),
          fingerprint: ports.platform.fingerprint(body),
          createdSince: startedAt - PLATFORM_SKEW_MS,
          known: new Set(partIds),
        })
        .then((found): Outcome => (found ? settled(found.partId) : { kind: "absent" }))
        .catch((error) => outcomeOf(error, ports, actor.productId, product.configuration));
      return offerStep(ports, actor, product, attempt.id, outcome);
    },
  };
}

const settled = (partId: string | undefined): Outcome => ({
  kind: "settled",
  ...(partId === undefined ? {} : { partId }),
});

/** Chance is drawn once, so that the step can be taken again on another state. */
function offerStep(
  ports: TurnPorts,
  { productId, sessionId }: SessionActor,
  { configuration }: Product,
  attemptId: number,
  outcome: Outcome,
  bare = false,
): (state: SessionState) => Step {
  const moment = { now: ports.clock.now(), unit: ports.random.unit() };
  const name = { productId, sessionId };
  return (state) => ({
    ...settleOffer(name, state, attemptId, outcome, configuration, { ...moment, bare }),
    notes: [],
  });
}
