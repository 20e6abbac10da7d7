import type { Trigger, TriggerContext, TriggerHit } from "./trigger.ts";

/** The hit of the first trigger that fires, null if none does. The order of the triggers is their priority. */
export function evaluateFirst(triggers: readonly Trigger[], context: TriggerContext): TriggerHit | null {
  for (const trigger of triggers) {
    const hit = trigger.evaluate(context);
    if (hit) return hit;
  }
  return null;
}

/** The hits of all triggers that fire, in their order. */
export function evaluateAll(triggers: readonly Trigger[], context: TriggerContext): readonly TriggerHit[] {
  return triggers.flatMap((trigger) => trigger.evaluate(context) ?? []);
}
