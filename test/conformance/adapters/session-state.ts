import { readState } from "../../../lambdas/domain/actor/schema.ts";
import { tourTimings } from "../../../lambdas/domain/proactive/tour-registry.ts";
import type { Timings } from "../../../lambdas/domain/proactive/trigger.ts";
import { integrationConfigSchema } from "../../../lambdas/domain/product/integration-config.ts";
import { toTours } from "../../../lambdas/domain/product/proactive-configuration.ts";
import {
  type AgentState,
  freshAgent,
  interact,
  type Move,
  startGuidance,
  stopGuidance,
  type TourTimings,
  tick,
  toProactive,
  toReactive,
} from "../../../lambdas/domain/session/agent-state.ts";
import { restoreAgent } from "../../../lambdas/domain/session/stored-agent.ts";
import { productWith } from "../../support/product.ts";
import type { Adapters, Input } from "../adapter.ts";

const ms = (seconds: number): number => seconds * 1_000;
const s = (milliseconds: number): number => milliseconds / 1_000;

/** What is not given is as in a product that configures nothing. */
function timingsFrom(timeoutS: number | undefined, cooldownS: number | undefined): Timings {
  const { timings } = productWith().configuration.proactive;
  return {
    interactionTimeoutMs: timeoutS === undefined ? timings.interactionTimeoutMs : ms(timeoutS),
    cooldownMs: cooldownS === undefined ? timings.cooldownMs : ms(cooldownS),
  };
}

/** The reference keeps its timings beside the state, and help in progress follows them. */
const withTimings = (state: AgentState, timings: Timings): AgentState =>
  state.mode === "thinking" ? state : { ...state, timings };

function moveOrThrow(move: Move): Move {
  if (!move.moved && move.because === "illegal_transition") throw new RangeError(move.because);
  return move;
}

/** A registry of its own as the part of a configuration that it is to us, whose defaults a configuration would have. */
function toursFrom(registry: Input): TourTimings | undefined {
  if (!registry) return undefined;
  const {
    tours,
    default_interaction_timeout_s: timeoutS = null,
    default_cooldown_period_s: cooldownS = null,
  } = registry;
  const integration = integrationConfigSchema.parse({
    tour_registry: tours,
    default_interaction_timeout_s: timeoutS,
    default_cooldown_period_s: cooldownS,
  });
  return tourTimings(toTours(integration));
}

const stateOf = ({ mode, guidance, cooldown, lastInteractionAt, tapped }: AgentState) => ({
  currentState: mode,
  cooldownActive: cooldown !== null,
  visualGuidanceActive: guidance !== null,
  activeTourId: guidance?.tourId ?? null,
  extra: {
    lastInteractionAt: s(lastInteractionAt),
    activeCooldownPeriodS: cooldown ? s(cooldown.periodMs) : null,
    cooldownStartedAt: s(cooldown?.startedAt ?? 0),
    userClickedOption: tapped,
  },
});

function toDict(state: AgentState, timings: Timings) {
  const { currentState, cooldownActive, visualGuidanceActive, activeTourId, extra } = stateOf(state);
  return {
    _v: 1,
    current_state: currentState,
    last_interaction_at: extra.lastInteractionAt,
    interaction_timeout_s: s(timings.interactionTimeoutMs),
    cooldown_period_s: s(timings.cooldownMs),
    visual_guidance_active: visualGuidanceActive,
    active_tour_id: activeTourId,
    thinking: {
      cooldown_active: cooldownActive,
      cooldown_started_at: extra.cooldownStartedAt,
      active_cooldown_period_s: extra.activeCooldownPeriodS,
    },
    proactive: { user_clicked_option: extra.userClickedOption },
  };
}

/** An item as the store gives it back, through the product's own reading. */
function restore(schema: unknown, agent: unknown): AgentState {
  const read = readState("session", JSON.parse(JSON.stringify({ schema, recentIds: [], agent })));
  if (read === "newer") throw new RangeError(read);
  return restoreAgent((read as Input).agent);
}

function sessionStateSequence({ now, interactionTimeoutS, cooldownPeriodS, ops }: Input) {
  let clock = ms(now);
  let timings = timingsFrom(interactionTimeoutS, cooldownPeriodS);
  let state: AgentState = { ...freshAgent, lastInteractionAt: clock };

  const setTimings = (changed: Partial<Timings>): null => {
    timings = { ...timings, ...changed };
    state = withTimings(state, timings);
    return null;
  };
  const go = (move: Move): boolean => {
    state = moveOrThrow(move).state;
    return move.moved;
  };
  const become = (next: AgentState): null => {
    state = next;
    return null;
  };
  const run = (op: Input): unknown => {
    switch (op.op) {
      case "advance":
        clock += ms(op.s);
        return null;
      case "tick":
        return become(tick(state, clock, toursFrom(op.tourRegistry)));
      case "transitionToProactive":
        return go(toProactive(state, op.triggerId, clock, timings));
      case "transitionToReactive":
        go(toReactive(state, clock, timings));
        return null;
      case "recordAnyInteraction":
      case "recordUserInteraction":
        return become(interact(state, "chat_message", clock));
      case "recordOptionClick":
        return become(interact(state, "chip_tap", clock));
      case "recordReaction":
        return become(interact(state, "reaction", clock));
      case "recordTourStep":
        return become(interact(state, "tour_step", clock));
      case "setVisualGuidance":
        go(op.active ? startGuidance(state, op.tourId ?? null, clock) : stopGuidance(state));
        return null;
      case "setInteractionTimeout":
        return setTimings({ interactionTimeoutMs: ms(op.s) });
      case "setCooldownPeriod":
        return setTimings({ cooldownMs: ms(op.s) });
      case "toDict":
        return toDict(state, timings);
      case "roundTrip":
        return become(restore(1, state));
      default:
        throw new Error(`no adapter knows the operation ${op.op}`);
    }
  };

  const initial = stateOf(state);
  const steps = ops.map((op: Input) => {
    try {
      return { result: run(op), ...stateOf(state) };
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      return { error: "InvalidTransitionError", ...stateOf(state) };
    }
  });
  return { initial, steps };
}

function sessionStateFromDict({ snapshot }: Input) {
  const { current_state, last_interaction_at, thinking = {}, proactive = {} } = snapshot;
  const timings = timingsFrom(snapshot.interaction_timeout_s, snapshot.cooldown_period_s);
  const agent = {
    mode: current_state,
    lastInteractionAt: last_interaction_at === undefined ? undefined : ms(last_interaction_at),
    tapped: proactive.user_clicked_option,
    guidance: snapshot.visual_guidance_active ? { tourId: snapshot.active_tour_id ?? null } : null,
    cooldown: thinking.cooldown_active
      ? {
          startedAt: ms(thinking.cooldown_started_at ?? 0),
          // The reference reads a missing period as the session's.
          periodMs: ms(thinking.active_cooldown_period_s ?? s(timings.cooldownMs)),
        }
      : null,
    triggerId: "",
    timings,
  };
  const state = restore(snapshot._v, agent);
  return { toDict: toDict(state, state.mode === "thinking" ? timings : state.timings), state: stateOf(state) };
}

type Shape = Record<string, Input>;

/** Idle counters of each mode, which the vectors leave optional in `extra`, and which nothing of ours reads. */
function withoutCounters({ extra: { proactiveIdleS: _p, reactiveIdleS: _r, ...extra }, ...rest }: Shape): Shape {
  return { ...rest, extra };
}

/** The same in the written form, with the moment from which they count. */
function dictWithoutCounters({ proactive, reactive: _reactive, ...rest }: Shape): Shape {
  return { ...rest, proactive: { user_clicked_option: proactive.user_clicked_option } };
}

/** A cooldown whose period was not written down is one of the session's own period: there is no `null` of ours. */
function withoutPeriod({ toDict: { thinking, ...dict }, state: { extra, ...state } }: Shape): Shape {
  const { active_cooldown_period_s: _period, ...rest } = thinking;
  const { activeCooldownPeriodS: _active, ...more } = extra;
  return { toDict: { ...dict, thinking: rest }, state: { ...state, extra: more } };
}

export const sessionStateAdapters: Adapters = {
  sessionStateSequence: {
    run: sessionStateSequence,
    contract: ({ initial, steps }) => ({
      initial: withoutCounters(initial),
      steps: steps.map(({ result, ...step }: Input) => ({
        ...withoutCounters(step),
        result: result && typeof result === "object" ? dictWithoutCounters(result) : result,
      })),
    }),
  },
  sessionStateFromDict: {
    run: sessionStateFromDict,
    contract: ({ toDict: dict, state }) =>
      withoutPeriod({ toDict: dictWithoutCounters(dict), state: withoutCounters(state) }),
  },
};
