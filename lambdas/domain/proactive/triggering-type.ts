import type { TriggerHit, TriggeringType } from "./trigger.ts";

/** A hit whose metadata say how it is to be acted upon, whatever they said before. */
export function withTriggeringType(hit: TriggerHit, triggeringType: TriggeringType): TriggerHit {
  return { ...hit, metadata: { ...hit.metadata, triggering_type: triggeringType } };
}

/** Hits to act upon at once, and those to ask the judge about: all that do not say that they are instant. Both in order. */
export function partitionHits(hits: readonly TriggerHit[]): {
  readonly instant: readonly TriggerHit[];
  readonly judged: readonly TriggerHit[];
} {
  return { instant: hits.filter(isInstant), judged: hits.filter((hit) => !isInstant(hit)) };
}

/** Whether a hit is acted upon without asking the judge. */
export function isInstant({ metadata: { triggering_type: said } }: TriggerHit): boolean {
  return said === ("instant_trigger" satisfies TriggeringType);
}
