import { strip } from "../text/strip.ts";
import { defaultTimings, defaultTriggeringType } from "./timings.ts";
import type { Trigger, TriggerHit } from "./trigger.ts";
import { isPingPong, touchesUrlPart } from "./url-cycles.ts";
import { visitedUrls } from "./visited-urls.ts";

export const PING_PONG = "canonical_url_ping_pong";

export type PingPongOptions = {
  /** @default 1 */
  readonly minCycles?: number | undefined;
  /** Any of the recent URLs must contain it, in a cycle or not; blank asks for nothing. */
  readonly urlMustContain?: string | undefined;
  /** Only cycles count in which one of the two URLs contains it. */
  readonly cycleMustContain?: string | undefined;
};

/** The user goes from one page to another and back: undecided, or lost. Only an action makes it fire. */
export function pingPongTrigger({
  minCycles = 1,
  urlMustContain,
  cycleMustContain = "",
}: PingPongOptions = {}): Trigger {
  return {
    id: PING_PONG,
    timings: defaultTimings,
    triggeringType: defaultTriggeringType,
    evaluate(context) {
      const hits = isPingPong(visitedUrls(context), minCycles, cycleMustContain) ? [pingPongHit(minCycles)] : [];
      if (urlMustContain === undefined) return hits[0] ?? null;
      return (
        withinUrlPart(hits, context.canonicalUrls, urlMustContain).map((hit) => scoped(hit, urlMustContain))[0] ?? null
      );
    },
    silentAt: () => Infinity,
  };
}

/** Without the going back and forth of a session none of whose recent URLs contains a part. */
export function withinUrlPart<Hit extends Pick<TriggerHit, "triggerId">>(
  hits: readonly Hit[],
  canonicalUrls: readonly (string | null)[],
  part: string,
): readonly Hit[] {
  return touchesUrlPart(canonicalUrls, part) ? hits : hits.filter(({ triggerId }) => triggerId !== PING_PONG);
}

function pingPongHit(minCycles: number): TriggerHit {
  return {
    triggerId: PING_PONG,
    body: "Need my expert help?",
    replyOptionLabels: [],
    metadata: { min_cycles: minCycles },
    timings: defaultTimings,
  };
}

function scoped(hit: TriggerHit, part: string): TriggerHit {
  return { ...hit, metadata: { ...hit.metadata, scoped_canonical_url_contains: strip(part) } };
}
