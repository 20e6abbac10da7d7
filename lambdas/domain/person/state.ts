import { noRecentIds, type RecentIds } from "../actor/recent-ids.ts";
import type { Suspect } from "../actor/suspect.ts";
import type { ProductConfiguration } from "../product/configuration.ts";

/** What is known of a person: where they were last seen, and where they last wrote. Times are milliseconds. */
export type PersonState = {
  readonly schema: 2;
  readonly recentIds: RecentIds;
  readonly suspect: Suspect | null;
  readonly session: { readonly sessionId: string; readonly seenAt: number } | null;
  readonly conversation: { readonly conversationId: string; readonly wroteAt: number } | null;
  readonly lastAcceptedAt: number;
};

export const unknownPerson: PersonState = {
  schema: 2,
  recentIds: noRecentIds,
  suspect: null,
  session: null,
  conversation: null,
  lastAcceptedAt: 0,
};

/** A person is remembered as long as their sessions are. */
export function personExpiresAt(state: PersonState, { retentionMs }: ProductConfiguration): number {
  return state.lastAcceptedAt + retentionMs;
}
