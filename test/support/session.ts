import type { ActivityRow } from "../../lambdas/domain/activity/activity-row.ts";
import type { ActionsMessage } from "../../lambdas/domain/actor/message.ts";
import { freshSession, type Link, type NoteAttempt, type SessionState } from "../../lambdas/domain/session/state.ts";
import { action } from "./world.ts";

/** The moment at which tests of pure functions begin, ms. */
export const T0 = Date.UTC(2026, 0, 1);

export const sessionName = { productId: "acme", sessionId: "s1" } as const;

export const linkTo = (conversationId: string, more: Partial<Link> = {}): Link => ({
  conversationId,
  at: T0,
  through: 0,
  windowStartS: T0 / 1_000 - 120,
  verified: true,
  userWrote: true,
  ...more,
});

export const sessionWith = (more: Partial<SessionState> = {}): SessionState => ({ ...freshSession, ...more });

export const attemptOf = (more: Partial<NoteAttempt> = {}): NoteAttempt => ({
  id: 1,
  conversationId: "c1",
  from: 1,
  through: 2,
  actions: 3,
  waitingSince: T0,
  fingerprint: "print",
  startedAt: T0,
  ...more,
});

/** A batch with one action for each description; all happen when the batch is accepted unless `startS` says otherwise. */
export const batchOf = (
  id: string,
  descriptions: readonly string[],
  { startS, ...more }: Partial<ActionsMessage> & { readonly startS?: number } = {},
): ActionsMessage => {
  const acceptedAt = more.acceptedAt ?? T0;
  const at = startS ?? acceptedAt / 1_000;
  return {
    type: "actions",
    id,
    acceptedAt,
    latestAt: at * 1_000,
    actions: descriptions.map((description) => action(description, at)),
    ...more,
  };
};

/** The n-th row of a log, a second after the one before it. */
export const rowOf = (n: number, descriptions: readonly string[], atS = T0 / 1_000 + n): ActivityRow => ({
  n,
  id: `batch-${n}`,
  acceptedAt: atS * 1_000,
  actions: descriptions.map((description) => action(description, atS)),
});
