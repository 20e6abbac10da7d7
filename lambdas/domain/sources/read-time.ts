/** 2000-01-01 and 2100-01-01 UTC, ms: what a clock may plausibly say. */
const EARLIEST_MS = 946_684_800_000;
const LATEST_MS = 4_102_444_800_000;

/**
 * A moment as sources write it, ms: ISO 8601 with any number of decimals and any offset, or a number of seconds or
 * milliseconds. Null for what is no plausible moment.
 */
export function readTime(value: unknown): number | null {
  const ms = toMs(value);
  return ms !== null && ms >= EARLIEST_MS && ms <= LATEST_MS ? ms : null;
}

function toMs(value: unknown): number | null {
  if (typeof value === "number") return value < LATEST_MS / 1_000 ? value * 1_000 : value;
  if (typeof value !== "string" || value.length > 40 || !/^\d{4}-\d\d-\d\dT/.test(value)) return null;
  // Without an offset, sources mean UTC; Node would take the machine's own.
  const zoned = /(Z|[+-]\d\d:?\d\d)$/i.test(value) ? value : `${value}Z`;
  const ms = Date.parse(zoned);
  return Number.isNaN(ms) ? null : ms;
}
