import type { SessionState } from "./state.ts";

/**
 * What was done in the session so far counts no more: no context holds it, no summary is made of it, no question of
 * before is answered. What stands in the conversation stays there, what waits for a note is still noted, and a call that
 * is in the air settles.
 */
export function forget(state: SessionState): SessionState {
  const { summaries, answering, appended, postedThrough } = state;
  const summary = summaries?.slot && "attempt" in summaries.slot ? summaries.slot : null;
  const answer = answering?.slot && "attempt" in answering.slot ? answering.slot : null;
  return {
    ...state,
    forgottenThrough: appended,
    summaries: summaries && {
      ...summaries,
      through: postedThrough,
      groups: [],
      noted: 0,
      failure: null,
      slot: summary,
    },
    answering: answering && {
      ...answering,
      questions: answer ? answering.questions.slice(0, answer.attempt.answers) : [],
      watermark: null,
      tourId: null,
      slot: answer,
    },
  };
}
