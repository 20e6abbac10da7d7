import type { Timings, TriggeringType } from "./trigger.ts";

/** What a trigger has that is configured with none (the reference's defaults). */
export const defaultTimings: Timings = { interactionTimeoutMs: 10_000, cooldownMs: 30_000 };

export const defaultTriggeringType: TriggeringType = "llm_judge_validation";
