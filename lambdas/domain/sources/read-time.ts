/** 2000-01-01 and 2100-01-01 UTC, ms: what a clock may plausibly say. */
const EARLIEST_MS = 946_684_800_000;
const LATEST_MS = 4_102_444_800_000;

/**
 * A moment as sources write it, ms: ISO 8601 with any number of decimals and any offset, or a number of seconds or
 * milliseconds, which templates write as text. Null for what is no plausible moment.
 */
export function readTime(value: unknown): number | null {
  const ms = typeof value === "string" ? textToMs(value) : numberToMs(value);
  return ms !== null && ms >= EARLIEST_MS && ms <= LATEST_MS ? ms : null;
}

function numberToMs(value: unknown): number | null {
  if (typeof value !== "number") return null;
  return value < LATEST_MS / 1_000 ? value * 1_000 : value;
}

function textToMs(value: string): number | null {
  if (value.length > 40) return null;
  if (/^\d{9,13}(\.\d+)?$/.test(value)) return numberToMs(Number(value));
  if (!/^\d{4}-\d\d-\d\d[T ]/.test(value)) return null;
  // Without an offset, sources mean UTC; Node would take the machine's own.
  const zoned = /(Z|[+-]\d\d:?\d\d)$/i.test(value) ? value : `${value}Z`;
  const ms = Date.parse(zoned.replace(" ", "T"));
  return Number.isNaN(ms) ? null : ms;
}
