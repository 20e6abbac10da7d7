import type { SlimAction } from "../activity/slim-action.ts";
import { cutCodePoints } from "../text/code-points.ts";
import { strip } from "../text/strip.ts";
import { offerBody } from "./offer-body.ts";
import { readNumber } from "./read-number.ts";
import { roundThousandths } from "./round-thousandths.ts";
import { defaultTimings, defaultTriggeringType } from "./timings.ts";
import type { Trigger, TriggerContext } from "./trigger.ts";

export const PAGE_DWELL = "user_page_dwell";

const LONGEST_URL = 512;

export type PageDwellOptions = {
  /** @default 60 s */
  readonly thresholdMs?: number | undefined;
  /** @default 5 */
  readonly maxActions?: number | undefined;
};

/** The stay on the page that the user sees now. */
type Dwell = {
  readonly url: string;
  readonly actionCount: number;
  readonly maxActions: number;
  /** Seconds. */
  readonly thresholdS: number;
  /** When it has lasted for the threshold, ms. */
  readonly reachedAt: number;
  /** How long it has lasted, seconds. */
  readonly seconds: number;
};

/**
 * The user stays on one page and does little: at least the threshold from the first to the last action there, and the
 * silence since. `dwell_threshold_seconds`, `user_page_dwell_max_actions` and `dwell_proactive_body` of the context's
 * `extra` win over the options; what is no number there is ignored, and so are 0 actions. A threshold that is not above 0 turns
 * it off.
 */
export function pageDwellTrigger(options: PageDwellOptions = {}): Trigger {
  return {
    id: PAGE_DWELL,
    timings: defaultTimings,
    triggeringType: defaultTriggeringType,
    evaluate(context) {
      const dwell = dwellOf(context, options);
      if (!dwell || context.now < dwell.reachedAt) return null;
      return {
        triggerId: PAGE_DWELL,
        body: bodyOf(context.extra.dwell_proactive_body),
        replyOptionLabels: [],
        metadata: {
          user_page_dwell_seconds: roundThousandths(dwell.seconds),
          user_page_dwell_action_count: dwell.actionCount,
          user_page_dwell_max_actions: dwell.maxActions,
          dwell_threshold_seconds: dwell.thresholdS,
          user_page_dwell_canonical_url: cutCodePoints(dwell.url, LONGEST_URL),
        },
        timings: defaultTimings,
      };
    },
    silentAt(context) {
      const dwell = dwellOf(context, options);
      return dwell ? Math.max(context.now, dwell.reachedAt) : Infinity;
    },
  };
}

function dwellOf(context: TriggerContext, options: PageDwellOptions): Dwell | null {
  const thresholdS = readNumber(context.extra.dwell_threshold_seconds) ?? (options.thresholdMs ?? 60_000) / 1_000;
  const maxActions = Math.trunc(readNumber(context.extra.user_page_dwell_max_actions) || (options.maxActions ?? 5));
  const run = trailingRun(context.recentActions);
  const [first, last] = [run[0], run.at(-1)];
  if (!first || !last || run.length > maxActions || !(thresholdS > 0)) return null;
  return {
    url: strip(last.canonical_url),
    actionCount: run.length,
    maxActions,
    thresholdS,
    ...lasting(context, { first, last, isAlone: run.length === 1 }, thresholdS),
  };
}

type Run = { readonly first: SlimAction; readonly last: SlimAction; readonly isAlone: boolean };

function lasting(context: TriggerContext, run: Run, thresholdS: number): Pick<Dwell, "reachedAt" | "seconds"> {
  const startS = run.first.timestamp_start;
  const spanS = run.last.timestamp_end - startS;
  if (spanS >= thresholdS) return { reachedAt: -Infinity, seconds: spanS };
  if (run.isAlone && spanS <= 0) {
    const seconds = Math.max(0, context.now / 1_000 - startS);
    return { reachedAt: wholeMs((startS + thresholdS) * 1_000), seconds };
  }
  // Times that run backwards say nothing about how long the user was there.
  if (spanS < 0 || context.lastActionAt === null) return { reachedAt: Infinity, seconds: 0 };
  return {
    reachedAt: wholeMs(context.lastActionAt + (thresholdS - spanS) * 1_000),
    seconds: spanS + Math.max(0, context.now - context.lastActionAt) / 1_000,
  };
}

/** A moment that no clock can name never comes: a context may ask for any threshold. */
function wholeMs(moment: number): number {
  return moment <= Number.MAX_SAFE_INTEGER ? Math.round(moment) : Infinity;
}

/** The last actions that name one and the same page; none where the last names no page. */
function trailingRun(actions: readonly SlimAction[]): readonly SlimAction[] {
  const page = strip(actions.at(-1)?.canonical_url ?? "");
  if (page === "") return [];
  return actions.slice(actions.findLastIndex(({ canonical_url }) => strip(canonical_url) !== page) + 1);
}

function bodyOf(given: unknown): string {
  return (typeof given === "string" && offerBody(given)) || "Still on this page — want a quick tip?";
}
