import type { ProductConfiguration } from "../product/configuration.ts";
import { agentDueAt, freshAgent, mayOffer } from "./agent-state.ts";
import type { Manners } from "./manners.ts";
import type { SessionState } from "./state.ts";

/**
 * Gives a session its manners as soon as it may be offered help: it has a conversation that is surely its person's (the
 * user wrote in it, or their page named it as theirs), and the product has something to offer.
 */
export function withManners(state: SessionState, { proactive }: ProductConfiguration): SessionState {
  if (state.manners || !state.link?.verified || proactive.offerings.length === 0) return state;
  const manners: Manners = {
    agent: freshAgent,
    offer: null,
    shown: null,
    teardown: null,
    // Who opens the chat is about to be heard: what they did before is no reason to speak first.
    evaluatedThrough: state.link.userWrote ? state.appended : 0,
    silentAt: null,
    lastOfferAt: null,
    partIds: [],
  };
  return { ...state, manners };
}

/** Whether the session may be offered help now: only then is its log read and a trigger asked. */
export function mayBeOffered(state: SessionState, configuration: ProductConfiguration, now: number): boolean {
  return now >= gateOpensAt(state, configuration);
}

/**
 * From when on the session may be offered help, if nothing happens until then: thinking, without cooldown, with a
 * conversation that is surely its person's, and not so soon after the last offer. Infinity when something must happen
 * first.
 */
export function gateOpensAt(
  { manners, link }: Pick<SessionState, "manners" | "link">,
  { proactive }: ProductConfiguration,
): number {
  if (!manners || !link?.verified || proactive.offerings.length === 0) return Number.POSITIVE_INFINITY;
  if (manners.offer || manners.agent.mode !== "thinking") return Number.POSITIVE_INFINITY;
  const cooledAt = mayOffer(manners.agent, 0) ? 0 : agentDueAt(manners.agent);
  const pacedAt = manners.lastOfferAt === null ? 0 : manners.lastOfferAt + proactive.minIntervalMs;
  return Math.max(cooledAt, pacedAt, manners.quietUntil ?? 0);
}

/**
 * When the session's log must be looked at, ms: because of rows that nobody has looked at, or because silence itself may
 * make a trigger fire. Infinity while it may not be offered anything.
 */
export function evaluationDueAt(state: SessionState, configuration: ProductConfiguration): number {
  const { manners } = state;
  if (!manners) return Number.POSITIVE_INFINITY;
  const opensAt = gateOpensAt(state, configuration);
  if (manners.evaluatedThrough < state.appended) return Math.max(opensAt, state.lastAcceptedAt);
  return manners.silentAt === null ? Number.POSITIVE_INFINITY : Math.max(opensAt, manners.silentAt);
}
