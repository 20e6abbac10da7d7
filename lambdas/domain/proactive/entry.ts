import type { Chip } from "./chips.ts";
import type { Criteria } from "./criteria/criteria.ts";
import type { TriggerHit } from "./trigger.ts";

/** Chips, and when they are offered. */
export type ProactiveEntry = {
  readonly id: string;
  readonly name: string;
  readonly criteria: Criteria;
  readonly chips: readonly Chip[];
};

/** The first entry with criteria of this id: how a trigger of the catalogue finds chips, by its own id. */
export function entryOfCriteria(entries: readonly ProactiveEntry[], criteriaId: string): ProactiveEntry | undefined {
  return entries.find(({ criteria }) => criteria.id === criteriaId);
}

/**
 * What a trigger of the catalogue offers when it fires: the labels that it brings along, else the chips of the entry
 * whose criteria have its id, else those of the older form, which has no criteria. Empty: nothing can be offered.
 */
export function chipsOfHit(
  { triggerId, replyOptionLabels }: Pick<TriggerHit, "triggerId" | "replyOptionLabels">,
  configured: { readonly entries: readonly ProactiveEntry[]; readonly olderChips: readonly Chip[] },
): readonly Chip[] {
  if (replyOptionLabels.length > 0) {
    return replyOptionLabels.map((label) => ({ id: label, label, offersTour: false, tourId: null }));
  }
  return entryOfCriteria(configured.entries, triggerId)?.chips ?? configured.olderChips;
}
