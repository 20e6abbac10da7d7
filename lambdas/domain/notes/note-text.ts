/** What a note shows of an action. */
export type NotedAction = {
  readonly description?: string | null | undefined;
  /** Seconds since 1970; null or missing where the action does not say. */
  readonly timestamp_start?: number | null | undefined;
};

/**
 * The two lines and the blank line that begin every note.
 *
 * @param timestampS seconds since 1970, in the years 1 to 9999.
 * @throws RangeError for a time outside of them: such a time is milliseconds, or no time.
 */
export function noteHeader(sessionId: string | null, timestampS: number): string {
  return `session_id: ${sessionId || "unknown"}\ntimestamp: ${utcText(timestampS)} UTC\n\n`;
}

/**
 * A note as plain text: the header with the time of the first action, then a line `[n] description` for each, sorted by
 * time (actions of the same time keep their order) and counted from 1. With `binSeconds` above 0 a blank line parts
 * actions of different bins; bins are counted from 1970, as in the reference, so that equal actions fall into equal
 * bins whatever stands before them.
 *
 * @param note.nowS seconds; stands in the header when the first action does not say its time, or there is none.
 * @throws RangeError when the header's time is none ({@link noteHeader}).
 */
export function noteText(note: {
  readonly sessionId: string | null;
  readonly actions: readonly NotedAction[];
  readonly binSeconds: number;
  readonly nowS: number;
}): string {
  const sorted = note.actions.toSorted((one, other) => timeOf(one) - timeOf(other));
  const lines = sorted.map((action, at) => {
    const before = sorted[at - 1];
    const gap = before !== undefined && binOf(before, note.binSeconds) !== binOf(action, note.binSeconds);
    return `${gap ? "\n" : ""}[${at + 1}] ${action.description ?? ""}`;
  });
  return noteHeader(note.sessionId, sorted[0]?.timestamp_start ?? note.nowS) + lines.join("\n");
}

const timeOf = (action: NotedAction): number => action.timestamp_start ?? 0;

const binOf = (action: NotedAction, binSeconds: number): number =>
  binSeconds > 0 ? Math.floor(timeOf(action) / binSeconds) : 0;

function utcText(timestampS: number): string {
  if (!Number.isFinite(timestampS)) throw new RangeError("a note's time must be a number of seconds");
  // The reference reads a time to the nearest microsecond before it cuts it to a second.
  const whole = Math.floor(timestampS);
  const text = new Date((timestampS - whole >= 0.9999995 ? whole + 1 : whole) * 1_000).toISOString();
  if (!/^\d{4}-/.test(text)) throw new RangeError("a note's time must be in the years 1 to 9999; is it milliseconds?");
  return text.slice(0, 19).replace("T", " ");
}
