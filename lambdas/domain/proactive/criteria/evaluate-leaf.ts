import { strip } from "../../text/strip.ts";
import { fieldsOf } from "../section-choice.ts";
import type { Trigger, TriggerContext, TriggerHit } from "../trigger.ts";
import { matchesGlob } from "./glob.ts";
import type { CriteriaLeaf } from "./leaf.ts";
import { leafTrigger } from "./leaf-trigger.ts";
import { passesTest } from "./property-test.ts";

/** Whether a condition holds, and what its trigger would offer if it names one. */
export type Evaluation = { readonly matched: boolean; readonly hit: TriggerHit | null };

/**
 * Whether a leaf holds now. Leaves about a URL look at the last action; where it names none, none of them holds. "Within"
 * reaches back from `now` as far as the context does, both ends included; so does `action_type` without it, while
 * `action_count` without it counts the whole session.
 */
export function evaluateLeaf(leaf: CriteriaLeaf, context: TriggerContext, registry: readonly Trigger[]): Evaluation {
  switch (leaf.type) {
    case "canonical_url_ping_pong":
    case "user_page_dwell":
    case "section_playbook_match": {
      const hit = leafTrigger(leaf, registry).evaluate(context);
      return { matched: hit !== null, hit };
    }
    case "url_change": {
      const [before, last] = [urlAt(context, -2), urlAt(context, -1)];
      return holds(before !== null && last !== null && before !== last);
    }
    case "url_contains":
      return holds(urlAt(context, -1)?.includes(leaf.value) ?? false);
    case "url_matches": {
      const last = urlAt(context, -1);
      return holds(last !== null && matchesGlob(leaf.pattern, last));
    }
    case "action_type": {
      const ofType = actionsWithin(context, leaf.withinMs).filter(({ type }) => type === leaf.value);
      return holds(ofType.length >= leaf.minCount);
    }
    case "action_count": {
      const { withinMs } = leaf;
      return holds(
        (withinMs === undefined ? context.actionCount : actionsWithin(context, withinMs).length) >= leaf.min,
      );
    }
    case "idle_for":
      return holds(context.now >= idleAt(leaf.durationMs, context));
    case "user_property": {
      const properties = fieldsOf(context.extra.user_properties);
      return holds(passesTest(leaf.test, Object.hasOwn(properties, leaf.key) ? properties[leaf.key] : undefined));
    }
    default:
      return leaf satisfies never;
  }
}

/** The first moment from `now` on at which silence makes the leaf hold, ms; Infinity where only an action can. */
export function leafSilentAt(leaf: CriteriaLeaf, context: TriggerContext, registry: readonly Trigger[]): number {
  switch (leaf.type) {
    case "canonical_url_ping_pong":
    case "user_page_dwell":
    case "section_playbook_match":
      return leafTrigger(leaf, registry).silentAt(context);
    case "idle_for":
      return Math.max(context.now, idleAt(leaf.durationMs, context));
    case "url_change":
    case "url_contains":
    case "url_matches":
    case "action_type":
    case "action_count":
    case "user_property":
      return Infinity;
    default:
      return leaf satisfies never;
  }
}

const holds = (matched: boolean): Evaluation => ({ matched, hit: null });

const idleAt = (durationMs: number, { lastActionAt }: TriggerContext): number =>
  lastActionAt === null ? Infinity : Math.round(lastActionAt + durationMs);

function urlAt({ canonicalUrls }: TriggerContext, at: number): string | null {
  return strip(canonicalUrls.at(at) ?? "") || null;
}

function actionsWithin({ recentActions, now }: TriggerContext, withinMs: number | undefined) {
  if (withinMs === undefined) return recentActions;
  return recentActions.filter(({ timestamp_end }) => Math.round(timestamp_end * 1_000) >= now - withinMs);
}
