import { strip } from "../text/strip.ts";
import { type Chip, tourOf } from "./chips.ts";
import type { Criteria } from "./criteria/criteria.ts";
import { criteriaSilentAt, evaluateCriteria } from "./criteria/evaluate.ts";
import { chipsOfHit, type ProactiveEntry } from "./entry.ts";
import { evaluateFirst } from "./evaluate.ts";
import { MOST_OPTIONS, optionUuid } from "./reply-options.ts";
import type { Timings, Trigger, TriggerContext, TriggerHit } from "./trigger.ts";

/** A chip as it is sent. `tourId` is the tour that shows what it asks for; null where there is none. */
export type OfferedChip = {
  readonly id: string;
  readonly label: string;
  readonly uuid: string;
  readonly tourId: string | null;
};

/** What fired, and what is offered then. */
export type Fired = { readonly hit: TriggerHit; readonly chips: readonly OfferedChip[] };

/** Help that a product has to offer. */
export type Offering = {
  /** Whether silence alone can make it fire: only then is a session looked at without an action. */
  readonly firesBySilence: boolean;
  /** Null when it does not fire, or has nothing to offer. */
  evaluate(context: TriggerContext): Fired | null;
  /** When it would fire if nothing more happened, ms; Infinity when it would not. */
  silentAt(context: TriggerContext): number;
};

/** What is said where criteria alone called for the chips. */
const DEFAULT_BODY = "Need my expert help?";

/** All that a product has to offer, in the order of priority: entries with criteria, then triggers that find chips. */
export function offeringsOf(configured: {
  readonly enabled: boolean;
  readonly entries: readonly ProactiveEntry[];
  readonly olderChips: readonly Chip[];
  readonly registry: readonly Trigger[];
  readonly timings: Timings;
  readonly defaultTourId: string | null;
}): readonly Offering[] {
  const { enabled, entries, registry, timings, defaultTourId } = configured;
  if (!enabled) return [];
  const offer = (hit: TriggerHit, { productId }: TriggerContext, chips: readonly Chip[]): Fired | null => {
    const shown = chips.slice(0, MOST_OPTIONS).map((chip) => offeredChip(productId, chip, defaultTourId));
    return shown.length === 0 ? null : { hit, chips: shown };
  };
  const offered = entries.filter(({ chips }) => chips.length > 0);
  const byCriteria = offered.map(({ id, criteria, chips }): Offering => {
    const called: TriggerHit = { triggerId: id, body: DEFAULT_BODY, replyOptionLabels: [], metadata: instant, timings };
    return {
      firesBySilence: isOfSilence(criteria),
      evaluate(context) {
        const { matched, hit } = evaluateCriteria(criteria, context, registry);
        return matched ? offer(hit ?? called, context, chips) : null;
      },
      silentAt: (context) => criteriaSilentAt(criteria, context, registry),
    };
  });
  const mayHaveChips = ({ id }: Trigger): boolean =>
    id === "section_playbook_match" || chipsOfHit({ triggerId: id, replyOptionLabels: [] }, configured).length > 0;
  const byTrigger = registry.filter(mayHaveChips).map(
    (trigger): Offering => ({
      firesBySilence: trigger.id === "user_page_dwell",
      evaluate(context) {
        const hit = trigger.evaluate(context);
        return hit && offer(hit, context, chipsOfHit(hit, configured));
      },
      silentAt: (context) => trigger.silentAt(context),
    }),
  );
  return [...byCriteria, ...byTrigger];
}

/** Criteria say what the customer wants, word for word: no judge is asked. */
const instant = { triggering_type: "instant_trigger" } as const;

function offeredChip(productId: string, chip: Chip, defaultTourId: string | null): OfferedChip {
  const { id, label } = chip;
  return { id, label: strip(label), uuid: optionUuid(productId, id), tourId: tourOf(chip, defaultTourId) || null };
}

function isOfSilence(criteria: Criteria): boolean {
  return criteria.type === "group"
    ? criteria.conditions.some(isOfSilence)
    : criteria.type === "idle_for" || criteria.type === "user_page_dwell";
}

/** The first offering, by priority, that the user's silence calls for by now. */
export function firedBySilence(offerings: readonly Offering[], context: TriggerContext): Fired | null {
  const due = offerings.filter(({ firesBySilence, silentAt }) => firesBySilence && silentAt(context) <= context.now);
  return evaluateFirst(due, context);
}

/**
 * When silence may call for an offering that it does not call for now, ms; Infinity when it cannot. Never `now` itself: who
 * has looked would look again at once, for ever.
 */
export function nextSilence(offerings: readonly Offering[], context: TriggerContext): number {
  const silent = offerings.filter(({ firesBySilence }) => firesBySilence);
  return Math.min(...silent.map(({ silentAt }) => silentAt(context)).filter((moment) => moment > context.now));
}
