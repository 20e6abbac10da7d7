import type { Cloud } from "../world/cloud.ts";
import type { Listening } from "../world/outside-log.ts";
import { BEGINNING } from "../world/virtual-time.ts";

/** How late what was told may come to a listener: looks, a hole that is waited for, a stream that ends and begins. */
const HEARD_WITHIN_MS = 30_000;

/** How long trouble with a stream goes on when its faults are over. */
const AFTERMATH_MS = 60_000;

/**
 * Until when what is told has to have come to a listener, ms: shortly before it left, where its streams worked at the end.
 */
export function lastThere({ scenario }: Cloud, { spans }: Listening<unknown>): number {
  const last = spans.at(-1);
  const workedFrom = scenario.faults.some(({ type }) => type !== "endpoint" && type !== "model")
    ? BEGINNING + scenario.faultsEndMs + AFTERMATH_MS
    : BEGINNING;
  return last && last.to - HEARD_WITHIN_MS > workedFrom ? last.to - HEARD_WITHIN_MS : Number.NEGATIVE_INFINITY;
}

/** Whether it was connected at that moment, or not longer ago than that, and for a minute before it left. */
export function wasThere(
  { spans, cameAt = Number.POSITIVE_INFINITY }: Listening<unknown>,
  at: number,
  agoMs: number,
): boolean {
  const known = spans.findLast(({ from }) => from <= at);
  return known !== undefined && cameAt + AFTERMATH_MS < at && at - Math.min(known.to, at) < agoMs;
}

/** Whether nothing keeps messages and streams from coming in time. */
export const isUnhindered = ({ scenario }: Cloud): boolean =>
  scenario.faults.every(({ type }) => type === "endpoint" || type === "model");
