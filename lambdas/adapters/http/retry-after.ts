const shortestWaitMs = 1_000;
const longestWaitMs = 300_000;

/** A header that is a number of seconds, in ms; undefined for anything else. */
export function headerMs(value: string | null | undefined): number | undefined {
  return value != null && /^\d{1,12}$/.test(value) ? Number(value) * 1_000 : undefined;
}

/** No server's wish is taken for a busy loop, or for ever. */
export function boundedWaitMs(waitMs: number): number {
  return Math.min(longestWaitMs, Math.max(shortestWaitMs, waitMs));
}
