import { defaultTimings, defaultTriggeringType } from "./timings.ts";
import type { Trigger, TriggerContext, TriggerHit } from "./trigger.ts";

export type PredicateOptions = Pick<TriggerHit, "body"> & {
  readonly id: string;
  /** Pure. What it throws, the evaluation throws. */
  readonly when: (context: TriggerContext) => boolean;
  /** @default none */
  readonly replyOptionLabels?: readonly string[] | undefined;
  /** Of the hit, or how to find it out. Default: none. */
  readonly metadata?: TriggerHit["metadata"] | ((context: TriggerContext) => TriggerHit["metadata"]) | undefined;
};

/** A trigger written in code: it fires when a condition holds. Only an action makes it fire. */
export function predicateTrigger({ id, body, when, replyOptionLabels = [], metadata = {} }: PredicateOptions): Trigger {
  return {
    id,
    timings: defaultTimings,
    triggeringType: defaultTriggeringType,
    evaluate(context) {
      if (!when(context)) return null;
      return {
        triggerId: id,
        body,
        replyOptionLabels,
        metadata: typeof metadata === "function" ? metadata(context) : metadata,
        timings: defaultTimings,
      };
    },
    silentAt: () => Infinity,
  };
}
