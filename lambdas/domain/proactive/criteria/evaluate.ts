import { afterSilence } from "../context.ts";
import type { Trigger, TriggerContext } from "../trigger.ts";
import type { Criteria } from "./criteria.ts";
import { type Evaluation, evaluateLeaf, leafSilentAt } from "./evaluate-leaf.ts";

/**
 * Whether criteria hold now, and the hit of the first trigger leaf, in the order of the configuration, that fired where it
 * counts: below groups that hold. Null where no trigger made them hold.
 *
 * @param registry the product's triggers, which lend a leaf of their id their timings.
 */
export function evaluateCriteria(
  criteria: Criteria,
  context: TriggerContext,
  registry: readonly Trigger[] = [],
): Evaluation {
  if (criteria.type !== "group") return evaluateLeaf(criteria, context, registry);
  const parts = criteria.conditions.map((condition) => evaluateCriteria(condition, context, registry));
  const holding = parts.filter(({ matched }) => matched);
  const matched = criteria.operator === "AND" ? holding.length === parts.length : holding.length > 0;
  return { matched, hit: matched ? (holding.find(({ hit }) => hit)?.hit ?? null) : null };
}

/**
 * The first moment from `now` on at which criteria hold although no action comes, ms: `now` where they hold already,
 * Infinity where only an action can make them hold.
 */
export function criteriaSilentAt(
  criteria: Criteria,
  context: TriggerContext,
  registry: readonly Trigger[] = [],
): number {
  // Without negation, a tree can only come true when one of its leaves does.
  const moments = [context.now, ...leavesOf(criteria).map((leaf) => leafSilentAt(leaf, context, registry))];
  return (
    moments
      .filter(Number.isFinite)
      .sort((one, other) => one - other)
      .find((moment) => evaluateCriteria(criteria, afterSilence(context, moment), registry).matched) ?? Infinity
  );
}

type Leaf = Exclude<Criteria, { readonly type: "group" }>;

/** All leaves of criteria, in their order. */
export function leavesOf(criteria: Criteria): readonly Leaf[] {
  return criteria.type === "group" ? criteria.conditions.flatMap(leavesOf) : [criteria];
}
