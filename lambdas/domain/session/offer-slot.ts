import type { Decision, Effect } from "../actor/decision.ts";
import type { DomainEvent } from "../actor/domain-event.ts";
import type { RateWindowName } from "../actor/keys.ts";
import type { Outcome } from "../actor/outcome.ts";
import { isOverdue, retryDelayMs } from "../actor/retry.ts";
import type { ProductConfiguration } from "../product/configuration.ts";
import { toProactive } from "./agent-state.ts";
import type { OfferAttempt, OfferSlot } from "./manners.ts";
import { leaseMs, type Moment } from "./note-slot.ts";
import type { PageEvent } from "./page-event.ts";
import type { SessionName, SessionState } from "./state.ts";

/** An offer belongs to its moment: so long after it fired it is dropped. */
const OFFER_LASTS_MS = 10_000;

/** More do not come within the minutes that a look goes back, unless they are configured to come every few seconds. */
const MOST_PARTS = 8;

/** Why an offer that fired is not shown. */
export type Suppressed =
  | "circuit"
  | RateWindowName
  | "judge"
  | "late"
  | "moved_on"
  | "rejected"
  | "gone"
  | "lost"
  | "given_up";

/** What is offered, before it has a number and a conversation. */
export type PlannedOffer = Pick<OfferAttempt, "kind" | "triggerId" | "body" | "chips" | "timings" | "firedAt">;

/**
 * An offer fired: from here on it is sent or dropped.
 *
 * @param judgedBy the job that is asked whether the moment is right
 */
export function fireOffer(state: SessionState, planned: PlannedOffer, judgedBy?: string): SessionState {
  const { link, manners } = state;
  if (!link || !manners) throw new Error("An offer needs a conversation");
  const attempt: OfferAttempt = {
    ...planned,
    id: state.attempts + 1,
    conversationId: link.conversationId,
    notAfter: lastsUntil(planned.firedAt),
  };
  const offer: OfferSlot = judgedBy
    ? { step: "waiting", attempt, tries: 0, retryAt: attempt.notAfter, judgedBy }
    : { step: "waiting", attempt, tries: 0, retryAt: planned.firedAt };
  return { ...state, attempts: attempt.id, manners: { ...manners, offer } };
}

/** Until when an offer that fired at this moment is worth making, ms. */
export function lastsUntil(firedAt: number): number {
  return firedAt + OFFER_LASTS_MS;
}

/** Whether a moment of firing is still worth an offer. */
export function isLate(firedAt: number, now: number): boolean {
  return now >= lastsUntil(firedAt);
}

/** Records that the offer is being sent, before it is. */
export function beginOffer(
  state: SessionState,
  { delivery }: ProductConfiguration,
  now: number,
): { readonly state: SessionState; readonly sending: Extract<OfferSlot, { step: "sending" }> } {
  const { manners } = state;
  if (manners?.offer?.step !== "waiting") throw new Error("Only an offer that waits can be sent");
  const { attempt, tries } = manners.offer;
  const sending = { step: "sending", attempt, tries, startedAt: now, leaseUntil: now + leaseMs(delivery) } as const;
  return { state: { ...state, manners: { ...manners, offer: sending } }, sending };
}

/** A lease ran out and nobody said what came of the call: it may stand in the conversation. */
export function expireOfferLease(
  state: SessionState,
  { lookAfterMs }: ProductConfiguration["delivery"],
  now: number,
): SessionState {
  const { manners } = state;
  const { offer } = manners ?? {};
  if (!manners || offer?.step !== "sending" || offer.leaseUntil > now) return state;
  const { attempt, tries, startedAt, leaseUntil } = offer;
  const lookAt = leaseUntil + lookAfterMs;
  return { ...state, manners: { ...manners, offer: { step: "uncertain", attempt, tries, startedAt, lookAt } } };
}

/** The offer in the slot is not sent (any more). */
export function suppressOffer(
  name: SessionName,
  state: SessionState,
  reason: Suppressed,
  now: number,
): Decision<SessionState> {
  const { manners } = state;
  if (!manners?.offer) return { state, effects: [] };
  return {
    state: { ...state, manners: { ...manners, offer: null } },
    effects: [attemptEvent(name, "offer.suppressed", manners.offer.attempt, now, { reason })],
  };
}

/** The product is paused: an offer waits only as long as its moment lasts. */
export function postponeOffer(
  name: SessionName,
  state: SessionState,
  until: number,
  now: number,
): Decision<SessionState> {
  const { manners } = state;
  if (manners?.offer?.step !== "waiting") return { state, effects: [] };
  if (until >= manners.offer.attempt.notAfter) return suppressOffer(name, state, "late", now);
  return { state: { ...state, manners: { ...manners, offer: { ...manners.offer, retryAt: until } } }, effects: [] };
}

/**
 * Folds the outcome of a call (to send an offer, or to look for it) into the state: the table of outcomes, row by row.
 * Shown and *the agent assists* are one change. An outcome of an attempt that is no longer the slot's is ignored.
 */
export function settleOffer(
  name: SessionName,
  state: SessionState,
  attemptId: number,
  outcome: Outcome,
  configuration: ProductConfiguration,
  { now, unit, bare = false }: Moment & { readonly bare?: boolean },
): Decision<SessionState> {
  const { manners } = state;
  const { offer } = manners ?? {};
  if (!manners || !offer || offer.step === "waiting" || offer.attempt.id !== attemptId) return { state, effects: [] };
  const { attempt } = offer;
  const { delivery } = configuration;
  const tries = offer.tries + 1;
  const drop = (reason: Suppressed): Decision<SessionState> => suppressOffer(name, state, reason, now);
  const keep = (next: OfferSlot): Decision<SessionState> => ({
    state: { ...state, manners: { ...manners, offer: next } },
    effects: [],
  });
  const again = (at: number): Decision<SessionState> => {
    if (offer.step === "uncertain") {
      return isOverdue(offer.startedAt, delivery, now) ? drop("given_up") : keep({ ...offer, tries, lookAt: at });
    }
    return at < attempt.notAfter ? keep({ step: "waiting", attempt, tries, retryAt: at }) : drop("late");
  };
  const retryAt = (retryAfterMs?: number): number => now + retryDelayMs(delivery, tries, unit, retryAfterMs);

  switch (outcome.kind) {
    case "settled":
      return showOffer(name, state, now, { partId: outcome.partId, bare });
    case "absent":
      return drop("lost");
    case "rejected":
      // Of an offer in doubt it was the look that was rejected.
      return offer.step === "uncertain" ? again(retryAt()) : drop("rejected");
    case "gone":
      return drop("gone");
    case "paused":
      return again(outcome.until);
    case "failed":
      return again(retryAt(outcome.retryAfterMs));
    case "uncertain": {
      const startedAt = offer.startedAt;
      const lookAt = Math.max(now + delivery.lookAfterMs, retryAt());
      return keep({ step: "uncertain", attempt, tries, startedAt, lookAt });
    }
    default:
      return outcome satisfies never;
  }
}

/**
 * The offer in the slot stands in the conversation, as the platform or the user's own tap says.
 *
 * @param part.bare it stands without its chips: the user can only write
 */
export function showOffer(
  name: SessionName,
  state: SessionState,
  now: number,
  part: { readonly partId?: string | undefined; readonly bare?: boolean } = {},
): Decision<SessionState> {
  const { manners } = state;
  if (!manners?.offer) return { state, effects: [] };
  const { kind, triggerId, conversationId, timings } = manners.offer.attempt;
  const chips = part.bare ? [] : manners.offer.attempt.chips;
  const agent = kind === "help" ? toProactive(manners.agent, triggerId, now, timings).state : manners.agent;
  // Found when other help has begun and ended meanwhile, it is over: no timeout would end it.
  const ignoredAt = agent.mode === "thinking" ? now : null;
  return {
    state: {
      ...state,
      manners: {
        ...manners,
        agent,
        offer: null,
        shown: { kind, triggerId, conversationId, chips, shownAt: now, ignoredAt },
        lastOfferAt: kind === "help" ? now : manners.lastOfferAt,
        partIds: part.partId === undefined ? manners.partIds : [...manners.partIds, part.partId].slice(-MOST_PARTS),
      },
    },
    effects: [
      attemptEvent(name, "offer.shown", manners.offer.attempt, now, { chips: chips.length }),
      { type: "show", event: shownToPage(name, { ...manners.offer.attempt, chips }) },
    ],
  };
}

/** The offer as the session's page is told of it. */
function shownToPage(
  { productId: product_id, sessionId: session_id }: SessionName,
  { conversationId: conversation_id, body, chips }: Pick<OfferAttempt, "conversationId" | "body" | "chips">,
): PageEvent {
  const named = chips.map(({ id, label }) => ({ id, label }));
  return { type: "offer", product_id, session_id, conversation_id, body, chips: named };
}

/** An event about an offer. */
export function offerEvent(
  { productId, sessionId }: SessionName,
  type: Extract<DomainEvent["type"], `offer.${string}`>,
  conversationId: string,
  at: number,
  detail: DomainEvent["detail"],
): Effect {
  return { type: "publish", event: { type, productId, sessionId, conversationId, at, detail } };
}

const attemptEvent = (
  name: SessionName,
  type: "offer.shown" | "offer.suppressed",
  { kind, triggerId: trigger, conversationId }: OfferAttempt,
  at: number,
  detail: DomainEvent["detail"],
): Effect => offerEvent(name, type, conversationId, at, { kind, trigger, ...detail });
