import type { Decision } from "../actor/decision.ts";
import type { ResetMessage } from "../actor/message.ts";
import { forget } from "./forget.ts";
import type { SessionName, SessionState } from "./state.ts";

/** An operator wants what the user did so far to count no more. */
export function reset(name: SessionName, state: SessionState, { acceptedAt }: ResetMessage): Decision<SessionState> {
  const conversationId = state.link?.conversationId ?? "";
  return {
    state: forget(state),
    effects: [
      { type: "publish", event: { type: "session.reset", ...name, conversationId, at: acceptedAt, detail: {} } },
    ],
  };
}
