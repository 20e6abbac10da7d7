import type { UserProperties } from "../activity/user-properties.ts";
import type { Identity, SessionActor } from "../actor/actor.ts";
import type { PendingAlarms } from "../actor/alarm.ts";
import { noRecentIds, type RecentIds } from "../actor/recent-ids.ts";
import type { Suspect } from "../actor/suspect.ts";
import type { Answering } from "./answering.ts";
import type { Manners } from "./manners.ts";
import type { PageStream } from "./page-stream.ts";
import type { Summaries } from "./summaries.ts";

/** A session's memory: one item, about a kilobyte whatever the session's length. Times are milliseconds. */
export type SessionState = PendingAlarms & {
  readonly schema: 2;
  readonly recentIds: RecentIds;
  readonly suspect: Suspect | null;
  /** Activity rows committed to the log. */
  readonly appended: number;
  /** Rows up to here are settled: in a note, given up, or outside the window at the link. */
  readonly postedThrough: number;
  /** Actions in those rows. */
  readonly actionCount: number;
  /** What criteria ask about the user, as far as batches told it. */
  readonly userProperties: UserProperties | null;
  /** When the last batch was accepted. */
  readonly lastAcceptedAt: number;
  /** When the first batch that no note has taken up was accepted. */
  readonly waitingSince: number | null;
  /** The most by which this session's actions were ever ahead of their acceptance; negative when its clock lags. */
  readonly clockAheadMs: number;
  /** Whom it has registered with, and when last. */
  readonly person: { readonly identity: Identity; readonly toldAt: number } | null;
  readonly link: Link | null;
  /** A conversation that the platform does not know (any more): never linked again. */
  readonly goneConversationId: string | null;
  /** The last claimed conversation that turned out not to be this person's: not asked about again. */
  readonly refusedConversationId: string | null;
  readonly claim: ClaimSlot | null;
  readonly note: NoteSlot | null;
  /** Null while nothing may be offered. */
  readonly manners: Manners | null;
  /** Null until the first note stands. */
  readonly summaries: Summaries | null;
  /** Null until the user has asked something that is to be answered. */
  readonly answering: Answering | null;
  /** Null until a page has listened. */
  readonly stream: PageStream | null;
  /** Rows up to here count no more in any context: an operator reset the session. */
  readonly forgottenThrough: number;
  /** Numbers the attempts, so that a late outcome is told from a newer attempt's. */
  readonly attempts: number;
};

export type Link = {
  readonly conversationId: string;
  readonly at: number;
  /** Rows up to here were waiting when the link came: they go into the at-link note. */
  readonly through: number;
  /** Actions before this moment (seconds since 1970, as actions tell time) had left the window by then. */
  readonly windowStartS: number;
  /** False when nobody vouched that the conversation is this session's: it carries notes, nothing that a user sees. */
  readonly verified: boolean;
  /** Whether the user is known to have written in it: nothing of theirs is ever deleted. */
  readonly userWrote: boolean;
};

/** A conversation id that came with a batch or from a page, to be believed when the platform says whose it is. */
export type ClaimSlot = {
  readonly conversationId: string;
  readonly since: number;
  readonly tries: number;
  readonly retryAt: number;
};

/** A note as it was sent: frozen until it is known what came of it. */
export type NoteAttempt = {
  readonly id: number;
  readonly conversationId: string;
  readonly from: number;
  readonly through: number;
  readonly actions: number;
  /** Since when its oldest row could have been posted: accepted, and the session linked. */
  readonly waitingSince: number;
  /** The platform's fingerprint of the text, by which the note is recognised in the conversation. */
  readonly fingerprint: string;
  readonly startedAt: number;
};

/** How often it was tried without success. */
type Tried = { readonly tries: number };

/** At most one note is unsettled. What came later is the gap between `postedThrough` and `appended`. */
export type NoteSlot =
  /** Nothing is in the air; the next attempt takes up whatever waits by then. */
  | (Tried & { readonly step: "waiting"; readonly retryAt: number })
  /** A call is being made, by whoever holds the lease. */
  | (Tried & { readonly step: "posting"; readonly attempt: NoteAttempt; readonly leaseUntil: number })
  /** It may stand in the conversation: look before posting again. */
  | (Tried & { readonly step: "uncertain"; readonly attempt: NoteAttempt; readonly lookAt: number });

export const freshSession: SessionState = {
  schema: 2,
  recentIds: noRecentIds,
  suspect: null,
  appended: 0,
  postedThrough: 0,
  actionCount: 0,
  userProperties: null,
  lastAcceptedAt: 0,
  waitingSince: null,
  clockAheadMs: 0,
  person: null,
  link: null,
  goneConversationId: null,
  refusedConversationId: null,
  claim: null,
  note: null,
  manners: null,
  summaries: null,
  answering: null,
  stream: null,
  forgottenThrough: 0,
  attempts: 0,
  wakeAt: 0,
  scheduleAt: 0,
};

/** The last row that a note has taken up, whether or not it is settled. */
export function takenThrough(state: SessionState): number {
  return state.note && state.note.step !== "waiting" ? state.note.attempt.through : state.postedThrough;
}

/** The actor of a state is known from its key; this names it in events. */
export type SessionName = Pick<SessionActor, "productId" | "sessionId">;
