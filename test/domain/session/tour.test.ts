import { describe, expect, it } from "vitest";
import type { TourProgressMessage } from "../../../lambdas/domain/actor/message.ts";
import { type AgentState, freshAgent } from "../../../lambdas/domain/session/agent-state.ts";
import { withManners } from "../../../lambdas/domain/session/offer-gate.ts";
import type { SessionState } from "../../../lambdas/domain/session/state.ts";
import { followTour } from "../../../lambdas/domain/session/tour.ts";
import { productWith } from "../../support/product.ts";
import { linkTo, sessionName, sessionWith, T0 } from "../../support/session.ts";

const timings = { interactionTimeoutMs: 20_000, cooldownMs: 60_000 };
const guided: AgentState = {
  ...freshAgent,
  mode: "proactive_assistance",
  triggerId: "t",
  timings,
  lastInteractionAt: T0,
  guidance: { tourId: "tour-export" },
};
const jane = { identity: { by: "external", value: "jane" }, toldAt: T0 } as const;

const { configuration } = productWith({
  integration_config: { proactive_intercom: { messages: [{ id: "export", label: "How do I export?" }] } },
});

function session(agent: AgentState): SessionState {
  const { manners, ...state } = withManners(sessionWith({ link: linkTo("c1"), person: jane }), configuration);
  if (!manners) throw new Error("a session with a link and chips to offer has manners");
  return { ...state, manners: { ...manners, agent } };
}

const report = (progress: TourProgressMessage["progress"], more: Partial<TourProgressMessage> = {}) =>
  ({ type: "tour-progress", id: "r1", acceptedAt: T0 + 5_000, progress, ...more }) as const;

describe("a page's word on a tour", () => {
  it.each(["started", "step", "completed", "dismissed", "reaction"] as const)("%s restarts the timeout", (progress) => {
    const { state } = followTour(sessionName, session(guided), report(progress));
    expect(state.manners?.agent.lastInteractionAt).toBe(T0 + 5_000);
  });

  it.each(["completed", "dismissed"] as const)("%s ends the guidance, and nothing else does", (progress) => {
    const guidanceAfter = (said: TourProgressMessage["progress"]) =>
      followTour(sessionName, session(guided), report(said)).state.manners?.agent.guidance;
    expect(guidanceAfter(progress)).toBeNull();
    expect(guidanceAfter("step")).toEqual({ tourId: "tour-export" });
    expect(guidanceAfter("reaction")).toEqual({ tourId: "tour-export" });
  });

  it("is published, with what it said", () => {
    const { effects } = followTour(sessionName, session(guided), report("step", { tourId: "tour-export", step: 2 }));
    expect(effects).toEqual([
      {
        type: "publish",
        event: {
          type: "tour.progressed",
          ...sessionName,
          conversationId: "c1",
          at: T0 + 5_000,
          detail: { progress: "step", flow_id: "tour-export", step: 2 },
        },
      },
    ]);
  });

  it("means nothing while the agent is thinking", () => {
    const before = session(freshAgent);
    expect(followTour(sessionName, before, report("started"))).toEqual({ state: before, effects: [] });
  });

  it("is not heard from a page of somebody else, and is from one of the session's own user", () => {
    const before = session(guided);
    const from = (vouchedUserId: string) => followTour(sessionName, before, report("dismissed", { vouchedUserId }));
    expect(from("mallory")).toEqual({ state: before, effects: [] });
    expect(from("jane").state.manners?.agent.guidance).toBeNull();
  });
});
