import { type Identity, sameIdentity } from "../actor/actor.ts";
import type { Decision } from "../actor/decision.ts";
import type { Outcome } from "../actor/outcome.ts";
import { retryDelayMs } from "../actor/retry.ts";
import type { ProductConfiguration } from "../product/configuration.ts";
import { followLink } from "./link.ts";
import type { Moment } from "./note-slot.ts";
import type { ClaimSlot, SessionName, SessionState } from "./state.ts";

/** What the platform said when asked whose conversation the claimed one is. */
export type ClaimOutcome =
  | { readonly kind: "contacts"; readonly identities: readonly Identity[] }
  | Extract<Outcome, { kind: "rejected" | "gone" | "paused" | "failed" }>;

/** A read changes nothing: a claim is simply asked again until it is answered, or has been asked for too long. */
export function settleClaim(
  name: SessionName,
  state: SessionState,
  claim: ClaimSlot,
  outcome: ClaimOutcome,
  configuration: ProductConfiguration,
  { now, unit }: Moment,
): Decision<SessionState> {
  if (state.claim?.conversationId !== claim.conversationId) return { state, effects: [] };
  const { conversationId } = claim;
  const { delivery } = configuration;
  const refuse = (reason: string): Decision<SessionState> => ({
    state: { ...state, claim: null },
    effects: [
      { type: "publish", event: { type: "link.refused", ...name, conversationId, at: now, detail: { reason } } },
    ],
  });
  const askAgain = (retryAt: number): Decision<SessionState> => ({
    state: { ...state, claim: { ...claim, tries: claim.tries + 1, retryAt } },
    effects: [],
  });
  switch (outcome.kind) {
    case "contacts": {
      const own = outcome.identities.some((identity) => sameIdentity(state.person?.identity, identity));
      if (!own) return refuse("another person's conversation");
      return followLink(
        name,
        { ...state, claim: null },
        { conversationId, acceptedAt: now, verified: true },
        configuration,
      );
    }
    case "rejected":
      return refuse("rejected by the platform");
    case "gone":
    case "failed": {
      const patienceMs = outcome.kind === "gone" ? delivery.linkGraceMs : delivery.giveUpAfterMs;
      if (now - claim.since >= patienceMs) return refuse(outcome.kind === "gone" ? "conversation is gone" : "given up");
      const wishedMs = outcome.kind === "failed" ? outcome.retryAfterMs : undefined;
      return askAgain(now + retryDelayMs(delivery, claim.tries + 1, unit, wishedMs));
    }
    case "paused":
      return askAgain(outcome.until);
    default:
      return outcome satisfies never;
  }
}
