import { isLegalTransition } from "../../../lambdas/domain/session/agent-state.ts";
import type { SessionState } from "../../../lambdas/domain/session/state.ts";
import type { Change } from "../history.ts";
import type { OfferSent } from "../world/offer-log.ts";
import type { Invariant } from "./invariant.ts";

/** The agent goes from one mode to another as it may, and offers what fits the mode, where its user surely is. */
export const manners: Invariant = {
  name: "the agent keeps its manners",
  watch: ({ offers }) => {
    let seen = 0;
    return {
      change: (change) => illegal(change).map((what) => `${change.session}: ${what}`),
      during: () => {
        const fresh = offers.sent.slice(seen);
        seen = offers.sent.length;
        return fresh.flatMap((sent) => unfit(sent).map((what) => `${sent.session}: ${what}`));
      },
    };
  },
};

export const modeOf = (state: SessionState | undefined) => state?.manners?.agent.mode ?? "thinking";

function illegal({ before, after }: Change): readonly string[] {
  const [was, is] = [modeOf(before), modeOf(after)];
  const wrong: string[] = [];
  if (was !== is && !isLegalTransition(was, is)) wrong.push(`the agent went from ${was} to ${is}`);
  if (was !== "proactive_assistance" && is === "proactive_assistance") {
    const { attempt, step } = before?.manners?.offer ?? {};
    if (attempt?.kind !== "help" || step === "waiting") wrong.push("the agent assists, and had offered nothing");
  }
  if (is === "thinking" && after.manners?.shown?.ignoredAt === null && after.manners.shown.kind === "help") {
    wrong.push("an offer is open, and the agent thinks");
  }
  return wrong;
}

/** By the session's state when the request was made. */
function unfit({ state, attempt }: OfferSent): readonly string[] {
  const { link } = state;
  const wrong: string[] = [];
  if ((modeOf(state) === "thinking") !== (attempt.kind === "help")) {
    wrong.push(`an offer of ${attempt.kind} is sent in ${modeOf(state)}`);
  }
  if (!link?.verified || link.conversationId !== attempt.conversationId) {
    wrong.push(`an offer is sent into ${attempt.conversationId}, which is not surely the user's`);
  }
  return wrong;
}
