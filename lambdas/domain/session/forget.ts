import type { Decision } from "../actor/decision.ts";
import { answerEvent } from "./ask-answer.ts";
import type { SessionName, SessionState } from "./state.ts";

/**
 * What was done in the session so far counts no more: no context holds it, no summary is made or posted of it, no question
 * of before is answered. What stands in the conversation stays there, what waits for a note is still noted, and an answer
 * that is in the air settles.
 */
export function forget(name: SessionName, state: SessionState, now: number): Decision<SessionState> {
  const { summaries, answering, appended } = state;
  const slot = answering?.slot ?? null;
  const inAir = slot && "attempt" in slot ? slot : null;
  const dropped = slot && !("attempt" in slot) ? slot : null;
  const forgotten: SessionState = {
    ...state,
    forgottenThrough: appended,
    summaries: summaries && { ...summaries, through: appended, groups: [], noted: 0, failure: null, slot: null },
    answering: answering && {
      ...answering,
      questions: inAir ? answering.questions.slice(0, inAir.attempt.answers) : [],
      watermark: null,
      tourId: null,
      slot: inAir,
    },
  };
  return {
    state: forgotten,
    effects: dropped ? [answerEvent(name, "answer.dropped", dropped.conversationId, now, { reason: "forgotten" })] : [],
  };
}
