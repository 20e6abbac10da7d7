import { describe, expect, it } from "vitest";
import {
  freshAgent,
  startGuidance,
  tick,
  toProactive,
  toReactive,
} from "../../../lambdas/domain/session/agent-state.ts";
import { restoreAgent } from "../../../lambdas/domain/session/stored-agent.ts";
import { T0 } from "../../support/session.ts";

const timings = { interactionTimeoutMs: 20_000, cooldownMs: 60_000 };
const offering = toProactive(freshAgent, "dwell", T0, timings).state;

describe("an agent in a stored session", () => {
  it.each([
    ["thinking", freshAgent],
    ["cooling down", tick(offering, T0 + 30_000)],
    ["offering", offering],
    ["showing a tour", startGuidance(offering, "t1", T0).state],
    ["answering", toReactive(freshAgent, T0, timings).state],
  ])("given that it was %s, then it still is", (_, state) => {
    expect(restoreAgent(JSON.parse(JSON.stringify(state)))).toEqual(state);
  });

  it("given an older item, then what it does not have is as in a fresh one", () => {
    expect(restoreAgent({ mode: "thinking", lastInteractionAt: 5 })).toEqual({ ...freshAgent, lastInteractionAt: 5 });
  });

  it.each([
    ["a mode of a later version", { ...freshAgent, mode: "conservative" }],
    ["an offer without timings", { ...freshAgent, mode: "proactive_assistance", triggerId: "dwell" }],
    ["nothing", undefined],
  ])("given %s, then it is refused", (_, stored) => {
    expect(() => restoreAgent(stored)).toThrow();
  });
});
