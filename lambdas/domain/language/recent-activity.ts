import type { ActivityRow } from "../activity/activity-row.ts";

/** How far back a chatbot is told what a user did, and of how many actions at most: the latest. */
export type ActivityWindow = { readonly lookbackMs: number; readonly mostActions: number };

/** The reference's window for chatbots: 300 s, and 20 actions. */
export const activityWindow: ActivityWindow = { lookbackMs: 300_000, mostActions: 20 };

/**
 * The rows of one session that are recent by their time of acceptance, in the order of the log, with the latest actions
 * of them: of the row that the limit falls into, the last ones.
 *
 * @param now ms
 */
export function recentRows<Row extends Pick<ActivityRow, "acceptedAt" | "actions">>(
  rows: readonly Row[],
  now: number,
  { lookbackMs, mostActions }: ActivityWindow = activityWindow,
): readonly Row[] {
  const kept: Row[] = [];
  let left = mostActions;
  for (const row of rows.filter(({ acceptedAt }) => acceptedAt >= now - lookbackMs).toReversed()) {
    if (left <= 0) break;
    kept.push({ ...row, actions: row.actions.slice(Math.max(0, row.actions.length - left)) });
    left -= row.actions.length;
  }
  return kept.reverse();
}

/** How far back a user's sessions are, and how many of them at most: the latest. */
export type SessionsWindow = { readonly lookbackMs: number; readonly mostSessions: number };

/**
 * The sessions of a user that were seen recently, latest first; of those seen at one time, in the order given.
 *
 * @param now ms
 */
export function recentSessions<Seen extends { readonly seenAt: number }>(
  sessions: readonly Seen[],
  now: number,
  { lookbackMs, mostSessions }: SessionsWindow,
): readonly Seen[] {
  return sessions
    .filter(({ seenAt }) => seenAt >= now - lookbackMs)
    .toSorted((one, other) => other.seenAt - one.seenAt)
    .slice(0, mostSessions);
}
