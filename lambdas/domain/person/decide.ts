import type { PersonActor } from "../actor/actor.ts";
import type { Decision, Effect } from "../actor/decision.ts";
import type { PersonMessage, ResetMessage, SessionSeenMessage, UserWroteMessage } from "../actor/message.ts";
import { knownSessions, type PersonState, type SeenSession } from "./state.ts";

/** How many sessions beside the latest hear what the user writes: tabs and devices of one person. */
const EARLIER_SESSIONS = 3;

/** A message is news to a session that is seen so long after it; an older one is history. */
const UNHEARD_MS = 600_000;
const MOST_UNHEARD = 5;

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
    case "reset":
      return reset(actor, state, message);
    default:
      return message satisfies never;
  }
}

function sessionSeen(actor: PersonActor, state: PersonState, message: SessionSeenMessage): Decision<PersonState> {
  const { sessionId, acceptedAt, linked } = message;
  const seen = seenSessions(state, { sessionId, seenAt: acceptedAt });
  const next: PersonState = { ...seen, lastAcceptedAt: Math.max(state.lastAcceptedAt, acceptedAt) };
  const latest = next.session?.sessionId === sessionId;
  if (linked || !latest || !next.conversation) return { state: next, effects: [] };
  const news = next.unheard.filter((unheard) => acceptedAt - unheard.acceptedAt <= UNHEARD_MS);
  const hear = news.map((unheard) => wroteTo(actor, sessionId, unheard, true));
  return {
    state: { ...next, unheard: [] },
    effects: [linkOf(actor, sessionId, next.conversation.conversationId, message), ...hear],
  };
}

/** The sessions of a person, each once, latest first. */
function seenSessions(state: PersonState, seen: SeenSession): PersonState {
  const known = knownSessions(state);
  const before = known.find(({ sessionId }) => sessionId === seen.sessionId);
  const others = known.filter(({ sessionId }) => sessionId !== seen.sessionId);
  const latest = before && before.seenAt > seen.seenAt ? before : seen;
  const [session = null, ...earlier] = [latest, ...others].sort((one, other) => other.seenAt - one.seenAt);
  return { ...state, session, earlierSessions: earlier.slice(0, EARLIER_SESSIONS) };
}

/**
 * The latest session is linked to where its user writes; every recent one hears what they wrote, for it may hold the
 * offer that they answer.
 */
function userWrote(actor: PersonActor, state: PersonState, message: UserWroteMessage): Decision<PersonState> {
  const { conversationId, wroteAt, acceptedAt } = message;
  const lastAcceptedAt = Math.max(state.lastAcceptedAt, acceptedAt);
  const hear = knownSessions(state).map(({ sessionId }, at) => wroteTo(actor, sessionId, message, at === 0));
  const unheard = state.session ? [] : [...state.unheard, message].slice(-MOST_UNHEARD);
  // Webhooks come in no order: an older message than the one known must not lead back to its conversation.
  if (state.conversation && wroteAt < state.conversation.wroteAt) {
    return { state: { ...state, unheard, lastAcceptedAt }, effects: hear };
  }
  const links = state.session ? [linkOf(actor, state.session.sessionId, conversationId, message)] : [];
  return {
    state: { ...state, conversation: { conversationId, wroteAt }, unheard, lastAcceptedAt },
    effects: [...links, ...hear],
  };
}

/** What was said and done so far counts no more; where the person is, and where they write, stays as it is. */
function reset({ productId }: PersonActor, state: PersonState, message: ResetMessage): Decision<PersonState> {
  const { id, acceptedAt } = message;
  return {
    state: { ...state, unheard: [], lastAcceptedAt: Math.max(state.lastAcceptedAt, acceptedAt) },
    effects: knownSessions(state).map(({ sessionId }) => ({
      type: "tell",
      envelope: {
        actor: { kind: "session", productId, sessionId },
        message: { type: "reset", id: `${id}>reset`, acceptedAt },
      },
    })),
  };
}

function linkOf(
  { productId, identity }: PersonActor,
  sessionId: string,
  conversationId: string,
  cause: PersonMessage,
): Effect {
  const { id, acceptedAt } = cause;
  return {
    type: "tell",
    envelope: {
      actor: { kind: "session", productId, sessionId },
      message: { type: "link", id: `${id}>link`, acceptedAt, conversationId, identity },
    },
  };
}

function wroteTo(
  { productId, identity }: PersonActor,
  sessionId: string,
  message: UserWroteMessage,
  toLatest: boolean,
): Effect {
  return {
    type: "tell",
    envelope: {
      actor: { kind: "session", productId, sessionId },
      message: { ...message, id: `${message.id}>wrote`, identity, toLatest },
    },
  };
}
