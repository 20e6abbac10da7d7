import { sameIdentity } from "../actor/actor.ts";
import type { Decision } from "../actor/decision.ts";
import type { ResetMessage } from "../actor/message.ts";
import { forget } from "./forget.ts";
import type { SessionName, SessionState } from "./state.ts";

/** An operator wants what the user did so far to count no more. What another user has done since counts as before. */
export function reset(
  name: SessionName,
  state: SessionState,
  { acceptedAt, identity }: ResetMessage,
): Decision<SessionState> {
  if (identity && !sameIdentity(state.person?.identity, identity)) return { state, effects: [] };
  const conversationId = state.link?.conversationId ?? "";
  const { state: forgotten, effects } = forget(name, state, acceptedAt);
  return {
    state: forgotten,
    effects: [
      ...effects,
      { type: "publish", event: { type: "session.reset", ...name, conversationId, at: acceptedAt, detail: {} } },
    ],
  };
}
