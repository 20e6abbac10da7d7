import { type PersonActor, type SessionActor, sameIdentity } from "../domain/actor/actor.ts";
import { recentSessions } from "../domain/language/recent-sessions.ts";
import { knownSessions, type PersonState, unknownPerson } from "../domain/person/state.ts";
import { load } from "./commit.ts";
import { loadSession } from "./load-session.ts";
import type { ActorStore, Clock } from "./ports.ts";
import { readSessionActivity, type SessionActivity } from "./read-activity.ts";

export type UserSession = { readonly sessionId: string; readonly activity: SessionActivity };

/**
 * The sessions of a user, seen within a day, in which anything was done that counts still, newest first. A session is read only while
 * its person is this one: one that somebody else uses now is theirs.
 *
 * @throws RetryableError as `load`; what {@link readSessionActivity} throws
 */
export async function readUserSessions(
  ports: { readonly store: ActorStore; readonly clock: Clock },
  person: PersonActor,
): Promise<readonly UserSession[]> {
  const { state } = await load<PersonState>(ports, person, unknownPerson);
  const recent = recentSessions(knownSessions(state), ports.clock.now());
  const read = await Promise.all(recent.map(({ sessionId }) => readSession(ports, person, sessionId)));
  return read.filter(({ activity }) => activity.summary !== null || activity.actions.length > 0);
}

async function readSession(
  ports: { readonly store: ActorStore; readonly clock: Clock },
  { productId, identity }: PersonActor,
  sessionId: string,
): Promise<UserSession> {
  const actor: SessionActor = { kind: "session", productId, sessionId };
  const { state } = await loadSession(ports, actor);
  if (!sameIdentity(state.person?.identity, identity)) return { sessionId, activity: { summary: null, actions: [] } };
  const range = { after: state.forgottenThrough, through: state.appended };
  return { sessionId, activity: await readSessionActivity(ports.store, actor, range) };
}
