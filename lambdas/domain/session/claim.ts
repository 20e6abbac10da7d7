import { type Identity, sameIdentity } from "../actor/actor.ts";
import type { Decision, Effect } from "../actor/decision.ts";
import type { DomainEvent } from "../actor/domain-event.ts";
import type { Outcome } from "../actor/outcome.ts";
import { afterPause, isOverdue, retryDelayMs } from "../actor/retry.ts";
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
  const event = (type: DomainEvent["type"], detail: DomainEvent["detail"]): Effect => {
    return { type: "publish", event: { type, ...name, conversationId, at: now, detail } };
  };
  const giveUp = (reason: string): Decision<SessionState> => ({
    state: { ...state, claim: null },
    effects: [event("link.refused", { reason })],
  });
  const refuse = (reason: string): Decision<SessionState> => {
    const given = giveUp(reason);
    return { ...given, state: { ...given.state, refusedConversationId: conversationId } };
  };
  const refuseForeign = (identities: readonly Identity[]): Decision<SessionState> => {
    const reason = "another person's conversation";
    const refused = refuse(reason);
    const { link, person } = state;
    // A contact that is known by other means only (a visitor who has signed in since) contradicts nothing.
    const contradicted = identities.some(({ by }) => by === person?.identity.by);
    if (!contradicted || link?.conversationId !== conversationId || link.verified) return refused;
    // It was taken on trust, and the notes of one person must not go on into the conversation of another.
    const waiting = state.appended - state.postedThrough;
    return {
      state: { ...refused.state, link: null },
      effects: [...refused.effects, event("link.dropped", { reason, waiting })],
    };
  };
  const askAgain = (retryAt: number): Decision<SessionState> => ({
    state: { ...state, claim: { ...claim, tries: claim.tries + 1, retryAt } },
    effects: [],
  });
  const overdue = isOverdue(claim.since, delivery, now);
  const retryAt = (wishedMs?: number): number => now + retryDelayMs(delivery, claim.tries + 1, unit, wishedMs);
  switch (outcome.kind) {
    case "contacts": {
      const own = outcome.identities.some((identity) => sameIdentity(state.person?.identity, identity));
      if (!own) return refuseForeign(outcome.identities);
      return followLink(
        name,
        { ...state, claim: null },
        { conversationId, acceptedAt: now, verified: true, userWrote: false },
        configuration,
      );
    }
    case "rejected":
      return refuse("rejected by the platform");
    case "gone":
      return now - claim.since >= delivery.linkGraceMs ? refuse("conversation is gone") : askAgain(retryAt());
    case "failed":
      return overdue ? giveUp("given up") : askAgain(retryAt(outcome.retryAfterMs));
    case "paused":
      return overdue ? giveUp("given up") : askAgain(afterPause(delivery, outcome.until, unit));
    default:
      return outcome satisfies never;
  }
}

/** The product is paused: a claim that is due waits until then, unless it is to be given up, which takes a last try. */
export function postponeClaim(
  state: SessionState,
  retryAt: number,
  { delivery }: ProductConfiguration,
  now: number,
): SessionState {
  const { claim } = state;
  if (!claim || claim.retryAt > now || isOverdue(claim.since, delivery, now)) return state;
  return { ...state, claim: { ...claim, retryAt } };
}
