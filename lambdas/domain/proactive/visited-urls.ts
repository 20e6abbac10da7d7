import type { SlimAction } from "../activity/slim-action.ts";
import type { TriggerContext } from "./trigger.ts";

/** A page opens within so many seconds of the click that leads to it, or something else opened it. */
const OPENS_WITHIN_S = 10;

/**
 * The pages on which a user was, in order. A click that is followed by the view of a page led to it, and is no second visit of
 * the page that it left: sources tell of both, one after the other.
 */
export function visitedUrls({ canonicalUrls, recentActions }: TriggerContext): readonly (string | null)[] {
  return canonicalUrls.filter((_, at) => !ledOn(recentActions[at], recentActions[at + 1]));
}

function ledOn(action: SlimAction | undefined, next: SlimAction | undefined): boolean {
  if (action?.type !== "click" || next?.type !== "page_view") return false;
  return Math.abs(next.timestamp_start - action.timestamp_end) <= OPENS_WITHIN_S;
}
