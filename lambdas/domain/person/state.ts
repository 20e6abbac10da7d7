import type { UserWroteMessage } from "../actor/message.ts";
import { noRecentIds, type RecentIds } from "../actor/recent-ids.ts";
import type { Suspect } from "../actor/suspect.ts";
import type { ProductConfiguration } from "../product/configuration.ts";

export type SeenSession = { readonly sessionId: string; readonly seenAt: number };

/** What is known of a person: where they were last seen, and where they last wrote. Times are milliseconds. */
export type PersonState = {
  readonly schema: 2;
  readonly recentIds: RecentIds;
  readonly suspect: Suspect | null;
  readonly session: SeenSession | null;
  /** The sessions seen before that one, latest first: another tab may hold the offer that the user answers. */
  readonly earlierSessions: readonly SeenSession[];
  readonly conversation: { readonly conversationId: string; readonly wroteAt: number } | null;
  /** What the user wrote while no session of theirs was known: the first one that is seen soon hears it. */
  readonly unheard: readonly UserWroteMessage[];
  readonly lastAcceptedAt: number;
};

export const unknownPerson: PersonState = {
  schema: 2,
  recentIds: noRecentIds,
  suspect: null,
  session: null,
  earlierSessions: [],
  conversation: null,
  unheard: [],
  lastAcceptedAt: 0,
};

/** The latest session and those before it, newest first. */
export function knownSessions({ session, earlierSessions }: PersonState): readonly SeenSession[] {
  return session ? [session, ...earlierSessions] : earlierSessions;
}

/** A person is remembered as long as their sessions are. */
export function personExpiresAt(state: PersonState, { retentionMs }: ProductConfiguration): number {
  return state.lastAcceptedAt + retentionMs;
}
