/**
 * A one-time schedule whose time has passed when the request arrives may never fire (AWS documents both), so it is set
 * at least as far ahead as a request with all its retries can take.
 */
export const SHORTEST_LEAD_MS = 10_000;

/** The whole second (ms) at which a schedule for `at` is set: never before `at`. */
export function scheduledSecond(at: number, now: number): number {
  return Math.ceil(Math.max(at, now + SHORTEST_LEAD_MS) / 1_000) * 1_000;
}

/** `at(yyyy-mm-ddThh:mm:ss)`, UTC by default: no zone, no fraction (EventBridge Scheduler user guide, schedule types). */
export function atExpression(second: number): string {
  return `at(${new Date(second).toISOString().slice(0, 19)})`;
}
