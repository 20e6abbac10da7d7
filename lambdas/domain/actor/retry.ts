/** Durations in milliseconds. */
export type RetrySchedule = { readonly retryInitialMs: number; readonly retryMaxMs: number };

/**
 * Exponential backoff with jitter: 1x, 2x, 4x … the initial delay up to the maximum, of which the last quarter is random,
 * so that sessions which failed together do not come back together. A platform's own wish (`retryAfterMs`) is a minimum,
 * but never longer than the maximum.
 *
 * @param tries how often it has failed, 1 for the first time
 * @param unit in [0, 1)
 */
export function retryDelayMs(
  schedule: RetrySchedule,
  tries: number,
  unit: number,
  retryAfterMs: number | undefined,
): number {
  const exponential = Math.min(schedule.retryMaxMs, schedule.retryInitialMs * 2 ** Math.min(tries - 1, 30));
  const wished = Math.min(retryAfterMs ?? 0, schedule.retryMaxMs);
  return Math.max(exponential * (0.75 + 0.25 * unit), wished);
}

/** Whether something has been owed so long, tried and retried, that it is given up. Times in milliseconds. */
export function isOverdue(since: number, { giveUpAfterMs }: { readonly giveUpAfterMs: number }, now: number): boolean {
  return now - since >= giveUpAfterMs;
}

/**
 * When to come back after a pause of the product: spread over up to ten seconds, since all its sessions wait for the same
 * moment.
 *
 * @param until ms
 * @param unit in [0, 1)
 */
export function afterPause({ retryMaxMs }: RetrySchedule, until: number, unit: number): number {
  return until + unit * Math.min(10_000, retryMaxMs / 4);
}
