import type { Decision } from "../actor/decision.ts";
import type { ResetMessage } from "../actor/message.ts";
import type { SessionName, SessionState } from "./state.ts";

/**
 * An operator wants what the user did so far to count no more: no context holds it, and no summary is made of it. What
 * stands in the conversation stays there, what waits for a note is still noted, and a call that is in the air settles.
 */
export function reset(name: SessionName, state: SessionState, { acceptedAt }: ResetMessage): Decision<SessionState> {
  const { summaries, answering, appended, postedThrough, link } = state;
  const inAir = summaries?.slot && "attempt" in summaries.slot ? summaries.slot : null;
  return {
    state: {
      ...state,
      forgottenThrough: appended,
      summaries: summaries && {
        ...summaries,
        through: postedThrough,
        groups: [],
        noted: 0,
        failure: null,
        slot: inAir,
      },
      answering: answering && { ...answering, watermark: null },
    },
    effects: [
      {
        type: "publish",
        event: {
          type: "session.reset",
          ...name,
          conversationId: link?.conversationId ?? "",
          at: acceptedAt,
          detail: {},
        },
      },
    ],
  };
}
