import type { Timings } from "../proactive/trigger.ts";

/** What the agent is doing, by its name on the wire: waiting, offering help, or answering. */
export type AgentMode = "thinking" | "proactive_assistance" | "reactive_assistance";

type Anytime = {
  /** Since when the user has been silent, ms: their last interaction, or the moment at which the mode or the tour began. */
  readonly lastInteractionAt: number;
  /** Whether the user tapped a chip of the last offer. */
  readonly tapped: boolean;
  /** The tour that the user is being shown; without an id where the page did not say which. */
  readonly guidance: { readonly tourId: string | null } | null;
  /** After help that timed out, no offer is made for `periodMs`: what was in force then, whatever is configured later. */
  readonly cooldown: { readonly startedAt: number; readonly periodMs: number } | null;
};

/**
 * The agent's manners in one session: a part of the session's item, small and plain. While it helps it keeps the timings
 * with which it began, so that a change of the configuration concerns the next time.
 */
export type AgentState =
  | (Anytime & { readonly mode: "thinking" })
  | (Anytime & { readonly mode: "proactive_assistance"; readonly triggerId: string; readonly timings: Timings })
  | (Anytime & { readonly mode: "reactive_assistance"; readonly timings: Timings });

export const freshAgent: AgentState = {
  mode: "thinking",
  lastInteractionAt: 0,
  tapped: false,
  guidance: null,
  cooldown: null,
};

/** A wish to change the mode, or what is shown in it. When it is refused, `state` is what was there. */
export type Move =
  | { readonly state: AgentState; readonly moved: true }
  | { readonly state: AgentState; readonly moved: false; readonly because: "cooldown" | "illegal_transition" };

/** What a user does that restarts the timeout. */
export type Interaction = "chat_message" | "chip_tap" | "reaction" | "tour_step";

/** Timings of a tour by its `user_tour_id`, where the tour registry has its own; they win over the agent's. */
export type TourTimings = (userTourId: string) => Partial<Timings> | undefined;

/** Help begins in `thinking` and ends there. Nothing else leads from one mode to another. */
export function isLegalTransition(from: AgentMode, to: AgentMode): boolean {
  return from !== to && (from === "thinking" || to === "thinking");
}

/** Whether an offer may be made: the agent is thinking, and no cooldown runs. */
export function mayOffer(state: AgentState, now: number): boolean {
  return state.mode === "thinking" && endCooldown(state, now).cooldown === null;
}

/** A trigger has fired and its offer is made. */
export function toProactive(state: AgentState, triggerId: string, now: number, timings: Timings): Move {
  if (!isLegalTransition(state.mode, "proactive_assistance")) return refused(state, "illegal_transition");
  if (!mayOffer(state, now)) return refused(state, "cooldown");
  const begun = { lastInteractionAt: now, tapped: false, cooldown: null };
  return moved({ ...state, ...begun, mode: "proactive_assistance", triggerId, timings });
}

/** The user opened the chat or wrote of their own accord, which ends a cooldown. */
export function toReactive(state: AgentState, now: number, timings: Timings): Move {
  if (!isLegalTransition(state.mode, "reactive_assistance")) return refused(state, "illegal_transition");
  return moved({ ...state, lastInteractionAt: now, cooldown: null, mode: "reactive_assistance", timings });
}

/** The user did something: the timeout starts again. It ends no cooldown and begins no help. */
export function interact(state: AgentState, interaction: Interaction, now: number): AgentState {
  const tapped = state.tapped || (interaction === "chip_tap" && state.mode === "proactive_assistance");
  return { ...state, lastInteractionAt: now, tapped };
}

/** A tour begins, as part of help that goes on: the timeout starts again, and is from now on the tour's if it has one. */
export function startGuidance(state: AgentState, tourId: string | null, now: number): Move {
  if (state.mode === "thinking") return refused(state, "illegal_transition");
  return moved({ ...state, lastInteractionAt: now, guidance: { tourId } });
}

/** The tour is over. The timeout runs on from where it is. */
export function stopGuidance(state: AgentState): Move {
  return state.mode === "thinking" ? refused(state, "illegal_transition") : moved({ ...state, guidance: null });
}

/** Whether help is over because the user has been silent for longer than the timeout. */
export function hasTimedOut(state: AgentState, now: number, tours?: TourTimings): boolean {
  return state.mode !== "thinking" && now - state.lastInteractionAt > timingsInForce(state, tours).interactionTimeoutMs;
}

/**
 * Lets time pass: help that timed out ends and its cooldown starts, a cooldown whose period is over ends. Nothing ends
 * without it, and it is safe to call at any time; `agentDueAt` says when it changes something.
 *
 * @returns the same object when nothing changed
 */
export function tick(state: AgentState, now: number, tours?: TourTimings): AgentState {
  if (state.mode === "thinking") return endCooldown(state, now);
  if (!hasTimedOut(state, now, tours)) return state;
  const { lastInteractionAt, tapped } = state;
  const cooldown = { startedAt: now, periodMs: timingsInForce(state, tours).cooldownMs };
  return { mode: "thinking", lastInteractionAt, tapped, guidance: null, cooldown };
}

/** The first whole millisecond at which `tick` changes something; Infinity when it never will. */
export function agentDueAt(state: AgentState, tours?: TourTimings): number {
  if (state.mode !== "thinking") {
    // A timeout is over when more than it has passed, a cooldown when all of it has.
    return state.lastInteractionAt + Math.floor(timingsInForce(state, tours).interactionTimeoutMs) + 1;
  }
  return state.cooldown ? state.cooldown.startedAt + Math.ceil(state.cooldown.periodMs) : Number.POSITIVE_INFINITY;
}

function endCooldown(state: AgentState, now: number): AgentState {
  const { cooldown } = state;
  return cooldown && now - cooldown.startedAt >= cooldown.periodMs ? { ...state, cooldown: null } : state;
}

/** Longer silences than any session lives through: a moment beyond them could not be written down. */
const LONGEST_TIMEOUT_MS = 30 * 86_400_000;

/** An empty id names no tour, whatever the registry holds. */
function timingsInForce(state: Exclude<AgentState, { mode: "thinking" }>, tours: TourTimings | undefined): Timings {
  const tourId = state.guidance?.tourId;
  const timings = { ...state.timings, ...(tourId ? tours?.(tourId) : undefined) };
  return { ...timings, interactionTimeoutMs: Math.min(timings.interactionTimeoutMs, LONGEST_TIMEOUT_MS) };
}

const moved = (state: AgentState): Move => ({ state, moved: true });

const refused = (state: AgentState, because: Extract<Move, { moved: false }>["because"]): Move => ({
  state,
  moved: false,
  because,
});
