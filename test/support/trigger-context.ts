import fc from "fast-check";
import type { SlimAction } from "../../lambdas/domain/activity/slim-action.ts";
import { contextOf } from "../../lambdas/domain/proactive/context.ts";
import type { TriggerContext } from "../../lambdas/domain/proactive/trigger.ts";
import { T0 } from "./session.ts";

/** A visit of a page: where, from when on (seconds after T0), and for how long. */
export type Visit = { readonly url: string; readonly atS: number; readonly forS?: number; readonly type?: string };

export const visited = ({ url, atS, forS = 0, type = "click" }: Visit): SlimAction => ({
  index: 0,
  type,
  title: "",
  description: "",
  timestamp_start: T0 / 1_000 + atS,
  timestamp_end: T0 / 1_000 + atS + forS,
  raw_url: url,
  canonical_url: url,
  session_id: null,
  user_id: null,
  email: null,
  conversation_id: null,
});

/** What a trigger sees after these visits, `nowS` seconds after T0 (the end of the last visit unless said). */
export const contextAfter = (
  visits: readonly Visit[],
  {
    nowS,
    extra = {},
    actionCount = visits.length,
  }: { readonly nowS?: number; readonly extra?: Readonly<Record<string, unknown>>; readonly actionCount?: number } = {},
): TriggerContext => {
  const last = visits.at(-1);
  const lastS = last ? last.atS + (last.forS ?? 0) : 0;
  return contextOf(
    {
      scope: { productId: "acme", sessionId: "s1", conversationId: "c1" },
      now: T0 + (nowS ?? lastS) * 1_000,
      extra,
      actionCount,
    },
    { recentActions: visits.map(visited), lastActionAt: last ? T0 + lastS * 1_000 : null },
  );
};

/** Few pages, so that they repeat; times in order and out of it. */
export const anyVisit: fc.Arbitrary<Visit> = fc.record({
  url: fc.constantFrom("/a", "/b", "/a/b", "", " "),
  atS: fc.integer({ min: 0, max: 960 }).map((eighths) => eighths / 8),
  forS: fc.integer({ min: -8, max: 320 }).map((eighths) => eighths / 8),
  type: fc.constantFrom("click", "page_view"),
});

/** What a context may carry beside the actions: keys that triggers read, with whatever a sender put there. */
export const anyExtra: fc.Arbitrary<Readonly<Record<string, unknown>>> = fc.dictionary(
  fc.constantFrom(
    "section_playbook",
    "product_section_playbook",
    "current_section_id",
    "dwell_threshold_seconds",
    "user_page_dwell_max_actions",
    "dwell_proactive_body",
    "user_properties",
    "__proto__",
  ),
  fc.oneof(
    fc.jsonValue(),
    fc.constant({ a: "Help?", b: { body: 5, reply_option_labels: [null, {}, "Yes"] } }),
    fc.constant({ runtime: { current_section_id: "a" }, sections: { a: null, b: { dwell_seconds_per_visit: [{}] } } }),
  ),
);

/** Sessions at the end of their last action or later, as a turn sees them. */
export const anyContext: fc.Arbitrary<TriggerContext> = fc
  .record({ visits: fc.array(anyVisit, { maxLength: 8 }), laterS: fc.integer({ min: 0, max: 200 }), extra: anyExtra })
  .map(({ visits, laterS, extra }) => {
    const { now } = contextAfter(visits);
    return contextAfter(visits, { nowS: (now - T0) / 1_000 + laterS, extra });
  });
