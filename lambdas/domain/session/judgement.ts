import type { Decision } from "../actor/decision.ts";
import type { JobDoneMessage } from "../actor/message.ts";
import { judgedHit, parseJudgement, unjudgedHit } from "../language/judge.ts";
import type { TriggerHit } from "../proactive/trigger.ts";
import type { ProductConfiguration } from "../product/configuration.ts";
import type { OfferAttempt, OfferSlot } from "./manners.ts";
import { suppressOffer } from "./offer-slot.ts";
import type { SessionName, SessionState } from "./state.ts";

/**
 * The judge has spoken: the offer is made in its words, or not at all. A judge that failed is as good as none. Of an
 * offer that has gone its way meanwhile, or was dropped, nobody waits for a judgement.
 */
export function takeJudgement(
  name: SessionName,
  state: SessionState,
  { jobId, result, acceptedAt }: JobDoneMessage,
  { proactive }: ProductConfiguration,
): Decision<SessionState> {
  const { manners } = state;
  const { offer } = manners ?? {};
  if (!manners || offer?.step !== "waiting" || offer.judgedBy !== jobId) return { state, effects: [] };
  const { attempt, tries } = offer;
  const hits = [hitOf(attempt)];
  const judged =
    result.kind === "written"
      ? judgedHit(parseJudgement(result.text), hits)
      : unjudgedHit(hits, proactive.judgeFallback);
  if (!judged) {
    // A user who goes on as before would have it asked again with each step.
    const quiet = { ...manners, quietUntil: acceptedAt + proactive.timings.cooldownMs };
    return suppressOffer(name, { ...state, manners: quiet }, "judge", acceptedAt);
  }
  const worded: OfferSlot = {
    step: "waiting",
    attempt: { ...attempt, body: judged.body },
    tries,
    retryAt: acceptedAt,
    toAdmit: true,
  };
  return { state: { ...state, manners: { ...manners, offer: worded } }, effects: [] };
}

function hitOf({ triggerId, body, chips, timings }: OfferAttempt): TriggerHit {
  return { triggerId, body, replyOptionLabels: chips.map(({ label }) => label), metadata: {}, timings };
}
