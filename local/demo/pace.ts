import { configurationSchema } from "../../lambdas/domain/product/configuration.ts";
import { acme } from "../acme.ts";

/** Story time: seconds since the story began, each of which takes 1/speed seconds on the clock. */
export type Pace = { readonly speed: number; readonly startMs: number };

export const pace = (speed: number, startMs: number): Pace => ({ speed, startMs });

/** @param clockMs milliseconds since 1970. */
export function toStoryS({ speed, startMs }: Pace, clockMs: number): number {
  return ((clockMs - startMs) / 1_000) * speed;
}

/** Milliseconds since 1970. */
export function toClockMs({ speed, startMs }: Pace, storyS: number): number {
  return startMs + (storyS / speed) * 1_000;
}

/** `02:05`, or `02:05.3` where tenths matter. */
export function storyTime(storyS: number, fractionDigits: 0 | 1 = 0): string {
  const unit = 10 ** fractionDigits;
  const units = Math.max(0, Math.floor(storyS * unit));
  const rest = units % (60 * unit);
  const minutes = String((units - rest) / (60 * unit)).padStart(2, "0");
  return `${minutes}:${(rest / unit).toFixed(fractionDigits).padStart(fractionDigits ? 4 : 2, "0")}`;
}

/** A cold start is no faster in a fast story, and must push nothing out of the window. */
const SHORTEST_WINDOW_S = 10;
/** The fake Intercom answers from this very process, which may be busy for a moment. */
const SHORTEST_LOOK_S = 0.5;
const SHORTEST_RETRY_S = 0.05;

/**
 * The product's times at a speed, in the wire names of its document. What spans the story shrinks with it: window, bins,
 * and the patience with Intercom. The debounce and its longest wait stay: they are as short as this machine's own pace.
 */
export function timesAt(speed: number) {
  const { pre_link_window_s, bin_seconds, delivery } = configurationSchema.parse({
    intercom: { admin_id: acme.adminId },
  });
  const scaled = (seconds: number, shortest = 0) => Math.max(seconds / speed, Math.min(seconds, shortest));
  return {
    pre_link_window_s: scaled(pre_link_window_s, SHORTEST_WINDOW_S),
    bin_seconds: scaled(bin_seconds),
    delivery: {
      retry_initial_s: scaled(delivery.retry_initial_s, SHORTEST_RETRY_S),
      retry_max_s: scaled(delivery.retry_max_s, SHORTEST_RETRY_S),
      look_after_s: scaled(delivery.look_after_s, SHORTEST_LOOK_S),
      link_grace_s: scaled(delivery.link_grace_s, SHORTEST_WINDOW_S),
    },
  };
}
