import type { Decision } from "../actor/decision.ts";
import type { TourProgressMessage } from "../actor/message.ts";
import { optionUuid } from "../proactive/reply-options.ts";
import { tourOfferBody, tourOfferChips } from "../proactive/tour-offer.ts";
import type { ProductConfiguration } from "../product/configuration.ts";
import { type AgentState, interact, startGuidance, stopGuidance } from "./agent-state.ts";
import type { PlannedOffer } from "./offer-slot.ts";
import { maybeOwnPage } from "./own-page.ts";
import type { SessionName, SessionState } from "./state.ts";

/** Asks a user who wanted help with something whether to show them. */
export function planTourOffer(
  productId: string,
  tourId: string,
  { proactive }: ProductConfiguration,
  firedAt: number,
): PlannedOffer {
  return {
    kind: "tour",
    triggerId: tourId,
    body: tourOfferBody(proactive.tourOfferBody),
    chips: tourOfferChips.map(({ id, label }) => ({ id, label, uuid: optionUuid(productId, id), tourId })),
    timings: proactive.timings,
    firedAt,
  };
}

/**
 * The session's own page says how its tour goes on, or that the user reacted to what was said. Each restarts the timeout;
 * the end of a tour ends the guidance, and a tour that a page began by itself counts as one while the agent assists. A page
 * whose user is vouched for, and is not the session's, is not its own.
 */
export function followTour(
  name: SessionName,
  state: SessionState,
  { progress, tourId, step, acceptedAt, vouchedUserId }: TourProgressMessage,
): Decision<SessionState> {
  const { manners, link } = state;
  if (!manners || manners.agent.mode === "thinking") return { state, effects: [] };
  if (vouchedUserId !== undefined && !maybeOwnPage(state, (userId) => userId === vouchedUserId)) {
    return { state, effects: [] };
  }
  const now = Math.max(acceptedAt, manners.agent.lastInteractionAt);
  const agent = moveOn(interact(manners.agent, progress === "reaction" ? "reaction" : "tour_step", now), {
    progress,
    tourId,
    now,
  });
  return {
    state: { ...state, manners: { ...manners, agent, teardown: null } },
    effects: [
      {
        type: "publish",
        event: {
          type: "tour.progressed",
          ...name,
          conversationId: link?.conversationId ?? "",
          at: acceptedAt,
          detail: {
            progress,
            ...(tourId === undefined ? {} : { flow_id: tourId }),
            ...(step === undefined ? {} : { step }),
          },
        },
      },
    ],
  };
}

function moveOn(
  agent: AgentState,
  { progress, tourId, now }: Pick<TourProgressMessage, "progress" | "tourId"> & { readonly now: number },
): AgentState {
  switch (progress) {
    case "started":
      return startGuidance(agent, tourId ?? null, now).state;
    case "completed":
    case "dismissed":
      return stopGuidance(agent).state;
    case "step":
    case "reaction":
      return agent;
    default:
      return progress satisfies never;
  }
}
