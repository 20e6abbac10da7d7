import * as z from "zod";
import type { PageDwellOptions } from "./page-dwell.ts";
import type { PingPongOptions } from "./ping-pong.ts";
import { LOOKBACK_MS, MOST_RECENT_ACTIONS } from "./window.ts";

/** A text to look for, or to compare with. */
export const textParameter = z.string().min(1).max(1_000);

/** A number of recent actions: more are never looked back upon. */
export const countParameter = z.int().min(1).max(MOST_RECENT_ACTIONS);

/** Seconds within what is looked back upon. */
export const withinParameter = z
  .number()
  .positive()
  .max(LOOKBACK_MS / 1_000);

/** The parameters of `canonical_url_ping_pong`, where a configuration names it: in a row of its own, or as criteria. */
export const pingPongShape = {
  min_cycles: countParameter
    .optional()
    .meta({ description: "How often the user must have gone back and forth. Default: 1." }),
  url_must_contain: textParameter.optional().meta({ description: "One of the recent URLs must contain this." }),
  cycle_must_contain: textParameter.optional().meta({
    description: "Only a going back and forth counts in which one of the two URLs contains this.",
  }),
};

/** The parameters of `user_page_dwell`. */
export const pageDwellShape = {
  threshold_s: withinParameter
    .optional()
    .meta({ description: "How long the user must have been there, seconds. Default: 60." }),
  max_actions: countParameter
    .optional()
    .meta({ description: "A user who did more there is busy, not stuck. Default: 5." }),
};

const pingPong = z.object(pingPongShape);
const pageDwell = z.object(pageDwellShape);

export function pingPongOptions(given: z.infer<typeof pingPong>): PingPongOptions {
  return {
    minCycles: given.min_cycles,
    urlMustContain: given.url_must_contain,
    cycleMustContain: given.cycle_must_contain,
  };
}

export function pageDwellOptions(given: z.infer<typeof pageDwell>): PageDwellOptions {
  return {
    thresholdMs: given.threshold_s === undefined ? undefined : given.threshold_s * 1_000,
    maxActions: given.max_actions,
  };
}
