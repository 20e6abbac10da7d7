import type { Timings, Trigger, TriggeringType } from "./trigger.ts";

/**
 * A trigger with timings of its own, and, where given, with how its hit is acted upon, which the hit's metadata then say
 * too unless they say so already.
 */
export function configuredTrigger(
  trigger: Trigger,
  { timings, triggeringType }: { readonly timings: Timings; readonly triggeringType?: TriggeringType | undefined },
): Trigger {
  return {
    ...trigger,
    timings,
    triggeringType: triggeringType ?? trigger.triggeringType,
    evaluate(context) {
      const hit = trigger.evaluate(context);
      if (!hit) return null;
      const said = triggeringType === undefined ? {} : { triggering_type: triggeringType };
      return { ...hit, timings, metadata: { ...said, ...hit.metadata } };
    },
  };
}
