import type { SessionActor } from "../domain/actor/actor.ts";
import { identitiesOfContact } from "../domain/person/identity.ts";
import { type ClaimOutcome, settleClaim } from "../domain/session/claim.ts";
import type { ClaimSlot } from "../domain/session/state.ts";
import { outcomeOf } from "./outcome-of.ts";
import type { Product } from "./ports.ts";
import type { Call, TurnPorts } from "./turn-ports.ts";

/** Asks the platform whose conversation it is that a batch or a page claimed for its session. */
export function askClaim(ports: TurnPorts, actor: SessionActor, product: Product, claim: ClaimSlot): Call {
  const { productId, sessionId } = actor;
  const { configuration } = product;
  return {
    slot: "claim",
    make: async () => {
      const outcome = await ports.platform
        .readContacts(product, claim.conversationId)
        .then((contacts): ClaimOutcome => ({ kind: "contacts", identities: contacts.flatMap(identitiesOfContact) }))
        .catch(async (error): Promise<ClaimOutcome> => {
          const failure = await outcomeOf(error, ports, productId, configuration);
          // A read that may or may not have been answered is simply made again.
          return failure.kind === "uncertain" ? { kind: "failed" } : failure;
        });
      const moment = { now: ports.clock.now(), unit: ports.random.unit() };
      return (state) => ({
        ...settleClaim({ productId, sessionId }, state, claim, outcome, configuration, moment),
        notes: [],
      });
    },
  };
}
