import type { PersonActor } from "../actor/actor.ts";
import type { Decision } from "../actor/decision.ts";
import type { PersonMessage, SessionSeenMessage, UserWroteMessage } from "../actor/message.ts";
import type { PersonState } from "./state.ts";

/**
 * What a person does about a message. A session is seen, the user writes: whichever comes second, the person knows both
 * and tells the session which conversation is its own.
 */
export function decidePerson(actor: PersonActor, state: PersonState, message: PersonMessage): Decision<PersonState> {
  switch (message.type) {
    case "session-seen":
      return sessionSeen(actor, state, message);
    case "user-wrote":
      return userWrote(actor, state, message);
    default:
      return message satisfies never;
  }
}

function sessionSeen(actor: PersonActor, state: PersonState, message: SessionSeenMessage): Decision<PersonState> {
  const { sessionId, acceptedAt, linked } = message;
  if (acceptedAt < (state.session?.seenAt ?? 0)) return { state, effects: [] };
  const next: PersonState = {
    ...state,
    session: { sessionId, seenAt: acceptedAt },
    lastAcceptedAt: Math.max(state.lastAcceptedAt, acceptedAt),
  };
  return linked || !next.conversation
    ? { state: next, effects: [] }
    : tellSession(actor, next, sessionId, next.conversation.conversationId, message);
}

function userWrote(actor: PersonActor, state: PersonState, message: UserWroteMessage): Decision<PersonState> {
  const { conversationId, wroteAt, acceptedAt } = message;
  // Webhooks come in no order: an older message than the one known must not lead back to its conversation.
  if (state.conversation && wroteAt < state.conversation.wroteAt) return { state, effects: [] };
  const next: PersonState = {
    ...state,
    conversation: { conversationId, wroteAt },
    lastAcceptedAt: Math.max(state.lastAcceptedAt, acceptedAt),
  };
  return next.session
    ? tellSession(actor, next, next.session.sessionId, conversationId, message)
    : { state: next, effects: [] };
}

function tellSession(
  { productId }: PersonActor,
  state: PersonState,
  sessionId: string,
  conversationId: string,
  cause: PersonMessage,
): Decision<PersonState> {
  const { id, acceptedAt } = cause;
  return {
    state,
    effects: [
      {
        type: "tell",
        envelope: {
          actor: { kind: "session", productId, sessionId },
          message: { type: "link", id: `${id}>link`, acceptedAt, conversationId },
        },
      },
    ],
  };
}
