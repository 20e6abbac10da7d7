/** How far back a user's sessions are, and how many of them at most: the latest. */
type SessionsWindow = { readonly lookbackMs: number; readonly mostSessions: number };

/** What is older than a day is no answer to what a user just did, for however long it is retained. */
const sessionsWindow: SessionsWindow = { lookbackMs: 86_400_000, mostSessions: 4 };

/**
 * The sessions of a user that were seen recently, latest first; of those seen at one time, in the order given.
 *
 * @param now ms
 */
export function recentSessions<Seen extends { readonly seenAt: number }>(
  sessions: readonly Seen[],
  now: number,
  { lookbackMs, mostSessions }: SessionsWindow = sessionsWindow,
): readonly Seen[] {
  return sessions
    .filter(({ seenAt }) => seenAt >= now - lookbackMs)
    .toSorted((one, other) => other.seenAt - one.seenAt)
    .slice(0, mostSessions);
}
