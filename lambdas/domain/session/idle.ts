import type { Decision } from "../actor/decision.ts";
import type { Outcome } from "../actor/outcome.ts";
import { afterPause, isOverdue, retryDelayMs } from "../actor/retry.ts";
import type { ProductConfiguration } from "../product/configuration.ts";
import { agentDueAt, hasTimedOut, tick } from "./agent-state.ts";
import type { Manners, TeardownSlot } from "./manners.ts";
import type { Moment } from "./note-slot.ts";
import type { SessionName, SessionState } from "./state.ts";

/** What came of taking the conversation of an ignored offer away. `kept`: it is not ours alone, and stays. */
export type TeardownOutcome = Exclude<Outcome, { kind: "absent" }> | { readonly kind: "kept" };

/**
 * Lets time pass: help that the user has not answered is over. Where its conversation is to be taken away, that comes
 * first, and the agent goes on as it is until it is done.
 */
export function expireHelp(
  name: SessionName,
  state: SessionState,
  configuration: ProductConfiguration,
  now: number,
): Decision<SessionState> {
  const { manners } = state;
  if (!manners || !hasTimedOut(manners.agent, now, configuration.proactive.tourTimings)) return { state, effects: [] };
  if (!isToBeTornDown(state, manners, configuration)) return endHelp(name, state, manners, configuration, now);
  if (manners.teardown) return { state, effects: [] };
  const { conversationId } = manners.shown ?? {};
  if (!conversationId) return { state, effects: [] };
  const teardown: TeardownSlot = { conversationId, since: now, tries: 0, retryAt: now };
  return { state: { ...state, manners: { ...manners, teardown } }, effects: [] };
}

/**
 * Deleting a user's own conversation is data loss: by default only one that we opened goes, and only while no person has
 * written in it. That a person has may be known already, and then nothing is asked.
 */
function isToBeTornDown({ link }: SessionState, { shown }: Manners, { proactive }: ProductConfiguration): boolean {
  if (shown?.kind !== "help" || shown.ignoredAt !== null || link?.conversationId !== shown.conversationId) return false;
  switch (proactive.idleTeardown) {
    case "never":
      return false;
    case "always":
      return true;
    case "created_only":
      return !link.userWrote;
    default:
      return proactive.idleTeardown satisfies never;
  }
}

function endHelp(
  name: SessionName,
  state: SessionState,
  manners: Manners,
  { proactive }: ProductConfiguration,
  now: number,
): Decision<SessionState> {
  const { shown } = manners;
  const agent = tick(manners.agent, now, proactive.tourTimings);
  const dueAt = agentDueAt(manners.agent, proactive.tourTimings);
  const ignored = shown?.ignoredAt === null ? { ...shown, ignoredAt: now } : null;
  return {
    state: { ...state, manners: { ...manners, agent, shown: ignored ?? shown, teardown: null } },
    effects: ignored
      ? [
          {
            type: "publish",
            event: {
              type: "offer.ignored",
              ...name,
              conversationId: ignored.conversationId,
              at: now,
              detail: {
                trigger: ignored.triggerId,
                after_ms: now - ignored.shownAt,
                late_ms: Math.max(0, now - dueAt),
              },
            },
          },
        ]
      : [],
  };
}

/** The product is paused: a teardown that is due waits until then. */
export function postponeTeardown(
  state: SessionState,
  retryAt: number,
  { delivery }: ProductConfiguration,
  now: number,
): SessionState {
  const { manners } = state;
  const teardown = manners?.teardown;
  if (!teardown || teardown.retryAt > now || isOverdue(teardown.since, delivery, now)) return state;
  return { ...state, manners: { ...manners, teardown: { ...teardown, retryAt } } };
}

/** Folds in what came of the teardown: the remote conversation first, then the state, then our own link to it. */
export function settleTeardown(
  name: SessionName,
  state: SessionState,
  slot: TeardownSlot,
  outcome: TeardownOutcome,
  configuration: ProductConfiguration,
  { now, unit }: Moment,
): Decision<SessionState> {
  const { manners } = state;
  const teardown = manners?.teardown;
  // The user came back meanwhile, and the help goes on.
  if (!manners || teardown?.conversationId !== slot.conversationId || teardown.since !== slot.since) {
    return outcome.kind === "settled" || outcome.kind === "gone"
      ? { state: unlinked(state, slot.conversationId), effects: [] }
      : { state, effects: [] };
  }
  const { delivery } = configuration;
  const tries = teardown.tries + 1;
  const end = (from: SessionState): Decision<SessionState> => endHelp(name, from, manners, configuration, now);
  const again = (retryAt: number): Decision<SessionState> =>
    isOverdue(teardown.since, delivery, now)
      ? end(state)
      : { state: { ...state, manners: { ...manners, teardown: { ...teardown, tries, retryAt } } }, effects: [] };
  switch (outcome.kind) {
    case "settled":
    case "gone":
      return end(unlinked(state, slot.conversationId));
    case "kept":
    case "rejected":
      return end(state);
    case "paused":
      return again(afterPause(delivery, outcome.until, unit));
    case "failed":
      return again(now + retryDelayMs(delivery, tries, unit, outcome.retryAfterMs));
    case "uncertain":
      return again(now + retryDelayMs(delivery, tries, unit, undefined));
    default:
      return outcome satisfies never;
  }
}

function unlinked(state: SessionState, conversationId: string): SessionState {
  const link = state.link?.conversationId === conversationId ? null : state.link;
  return { ...state, link, goneConversationId: conversationId };
}
