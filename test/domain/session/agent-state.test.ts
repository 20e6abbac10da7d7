import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Timings } from "../../../lambdas/domain/proactive/trigger.ts";
import {
  type AgentMode,
  type AgentState,
  agentDueAt,
  freshAgent,
  hasTimedOut,
  type Interaction,
  interact,
  isLegalTransition,
  mayOffer,
  startGuidance,
  stopGuidance,
  type TourTimings,
  tick,
  toProactive,
  toReactive,
} from "../../../lambdas/domain/session/agent-state.ts";
import { T0 } from "../../support/session.ts";

const timings: Timings = { interactionTimeoutMs: 20_000, cooldownMs: 60_000 };
const tours: TourTimings = (id) => (id === "slow" ? { interactionTimeoutMs: 30_000, cooldownMs: 5_000 } : undefined);
const offering = toProactive(freshAgent, "ping_pong", T0, timings).state;
const answering = toReactive(freshAgent, T0, timings).state;
const cooling = tick(offering, T0 + 20_001);

describe("an agent that is thinking", () => {
  it("given no cooldown, then it may offer, and an offer remembers its trigger and its timings", () => {
    expect(mayOffer(freshAgent, T0)).toBe(true);
    expect(offering).toMatchObject({ mode: "proactive_assistance", triggerId: "ping_pong", timings });
  });

  it("given a cooldown, then it may not offer until all of it has passed", () => {
    const end = T0 + 20_001 + 60_000;
    expect(mayOffer(cooling, end - 1)).toBe(false);
    expect(toProactive(cooling, "dwell", end - 1, timings)).toEqual({
      state: cooling,
      moved: false,
      because: "cooldown",
    });
    expect(toProactive(cooling, "dwell", end, timings)).toMatchObject({ moved: true, state: { cooldown: null } });
  });

  it("given a cooldown and a user who opens the chat, then it answers, and the cooldown is over", () => {
    expect(toReactive(cooling, T0 + 30_000, timings)).toMatchObject({
      moved: true,
      state: { mode: "reactive_assistance", cooldown: null },
    });
  });

  it("shows no tour", () => {
    expect(startGuidance(freshAgent, "slow", T0)).toMatchObject({ moved: false, because: "illegal_transition" });
    expect(stopGuidance(freshAgent)).toMatchObject({ moved: false, because: "illegal_transition" });
  });
});

describe("an agent that helps", () => {
  it.each([
    ["offering", offering],
    ["answering", answering],
  ])("given that it is %s, then it begins nothing else, and waits for exactly its timeout", (_, state) => {
    expect(toProactive(state, "dwell", T0 + 1, timings)).toEqual({
      state,
      moved: false,
      because: "illegal_transition",
    });
    expect(toReactive(state, T0 + 1, timings)).toEqual({ state, moved: false, because: "illegal_transition" });
    expect(tick(state, T0 + 20_000)).toBe(state);
    expect(tick(state, T0 + 20_001)).toEqual({
      ...freshAgent,
      lastInteractionAt: T0,
      cooldown: { startedAt: T0 + 20_001, periodMs: 60_000 },
    });
  });

  it.each<Interaction>(["chat_message", "chip_tap", "reaction", "tour_step"])(
    "given a %s, then the timeout starts again",
    (interaction) => {
      const state = interact(offering, interaction, T0 + 15_000);
      expect(hasTimedOut(state, T0 + 35_000)).toBe(false);
      expect(hasTimedOut(state, T0 + 35_001)).toBe(true);
    },
  );

  it("knows after its end whether a chip was tapped, until the next offer", () => {
    const over = tick(interact(offering, "chip_tap", T0), T0 + 20_001);
    expect(over).toMatchObject({ mode: "thinking", tapped: true });
    expect(toProactive(over, "dwell", T0 + 90_000, timings).state.tapped).toBe(false);
    expect(interact(answering, "chip_tap", T0).tapped).toBe(false);
  });

  it("given a tour with timings of its own, then they win, for the timeout and for the cooldown after it", () => {
    const { state } = startGuidance(offering, "slow", T0 + 1_000);
    expect(tick(state, T0 + 31_000, tours)).toBe(state);
    expect(tick(state, T0 + 31_001, tours)).toMatchObject({ guidance: null, cooldown: { periodMs: 5_000 } });
  });

  it.each(["other", "", null])(
    "given the tour %j, which the registry does not know, then its own timings hold",
    (id) => {
      const everything: TourTimings = (tourId) => (tourId === "" ? { interactionTimeoutMs: 1 } : tours(tourId));
      const { state } = startGuidance(offering, id, T0);
      expect(tick(state, T0 + 20_000, everything)).toBe(state);
      expect(tick(state, T0 + 20_001, everything)).toMatchObject({ cooldown: { periodMs: 60_000 } });
    },
  );

  it("given that the tour ends, then the timeout runs on", () => {
    const { state } = stopGuidance(startGuidance(offering, "slow", T0 + 1_000).state);
    expect(tick(state, T0 + 21_001, tours)).toMatchObject({ mode: "thinking" });
  });
});

describe("transitions", () => {
  const modes: readonly AgentMode[] = ["thinking", "proactive_assistance", "reactive_assistance"];

  it("are legal to and from thinking, and nowhere else", () => {
    const legal = modes.flatMap((from) => modes.filter((to) => isLegalTransition(from, to)).map((to) => [from, to]));
    expect(legal).toEqual([
      ["thinking", "proactive_assistance"],
      ["thinking", "reactive_assistance"],
      ["proactive_assistance", "thinking"],
      ["reactive_assistance", "thinking"],
    ]);
  });
});

/** Whatever a session may go through, step by step, at moments that do not go back. */
const someTimings = fc.record({
  interactionTimeoutMs: fc.oneof(fc.nat(50), fc.double({ min: 0, max: 50, noNaN: true })),
  cooldownMs: fc.oneof(fc.nat(50), fc.double({ min: 0, max: 50, noNaN: true })),
});
type Event = (state: AgentState, now: number) => AgentState;
const someEvent: fc.Arbitrary<Event> = fc.oneof(
  someTimings.map(
    (own): Event =>
      (state, now) =>
        toProactive(state, "t", now, own).state,
  ),
  someTimings.map(
    (own): Event =>
      (state, now) =>
        toReactive(state, now, own).state,
  ),
  fc.constantFrom<Interaction>("chat_message", "chip_tap", "reaction", "tour_step").map(
    (interaction): Event =>
      (state, now) =>
        interact(state, interaction, now),
  ),
  fc.constantFrom("slow", "other", null).map(
    (id): Event =>
      (state, now) =>
        startGuidance(state, id, now).state,
  ),
  fc.constant<Event>((state) => stopGuidance(state).state),
  fc.constant<Event>((state, now) => tick(state, now, tours)),
);
const someHistory = fc.array(fc.tuple(fc.nat(40), someEvent), { maxLength: 30 });

describe("whatever happened before", () => {
  const live = (
    history: readonly (readonly [number, Event])[],
    see: (before: AgentState, after: AgentState) => void,
  ) => {
    let [state, now] = [freshAgent, T0];
    for (const [wait, event] of history) {
      now += wait;
      const after = event(state, now);
      see(state, after);
      state = after;
    }
    return { state, now };
  };

  it("modes change by legal transitions alone", () => {
    fc.assert(
      fc.property(someHistory, (history) => {
        live(history, ({ mode: from }, { mode: to }) => expect(from === to || isLegalTransition(from, to)).toBe(true));
      }),
    );
  });

  it("a tick changes something at the moment that is due, and nothing before it", () => {
    fc.assert(
      fc.property(someHistory, (history) => {
        const { state } = live(history, () => undefined);
        const dueAt = agentDueAt(state, tours);
        const never = dueAt === Number.POSITIVE_INFINITY;
        const before = never ? T0 + 1e12 : dueAt - 1;
        expect(Number.isInteger(before)).toBe(true);
        expect(tick(state, before, tours)).toBe(state);
        expect(tick(state, dueAt, tours) === state).toBe(never);
      }),
    );
  });

  it("it survives being stored", () => {
    fc.assert(
      fc.property(someHistory, (history) => {
        const { state } = live(history, () => undefined);
        expect(JSON.parse(JSON.stringify(state))).toEqual(state);
      }),
    );
  });
});
