import type { Trigger, TriggerContext, TriggerHit } from "./trigger.ts";

/** A trigger, or whatever else may fire. */
type Evaluated<Hit> = { evaluate(context: TriggerContext): Hit | null };

/** The hit of the first that fires, null if none does. Their order is their priority. */
export function evaluateFirst<Hit>(evaluated: readonly Evaluated<Hit>[], context: TriggerContext): Hit | null {
  for (const one of evaluated) {
    const hit = one.evaluate(context);
    if (hit) return hit;
  }
  return null;
}

/** The hits of all triggers that fire, in their order. */
export function evaluateAll(triggers: readonly Trigger[], context: TriggerContext): readonly TriggerHit[] {
  return triggers.flatMap((trigger) => trigger.evaluate(context) ?? []);
}
