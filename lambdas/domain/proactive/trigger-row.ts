import * as z from "zod";
import { strip } from "../text/strip.ts";
import { PAGE_DWELL } from "./page-dwell.ts";
import { PING_PONG } from "./ping-pong.ts";
import { readNumber } from "./read-number.ts";
import { SECTION_MATCH } from "./section-playbook.ts";
import { defaultTimings, defaultTriggeringType } from "./timings.ts";
import type { TriggeringType } from "./trigger.ts";
import { pageDwellOptions, pageDwellShape, pingPongOptions, pingPongShape } from "./trigger-parameters.ts";

const trimmed = (value: unknown): unknown => (typeof value === "string" ? strip(value) : value);
const text = z.preprocess(trimmed, z.string({ error: "must be text" }).min(1, "must not be blank"));

const secondsOr = (fallbackMs: number, description: string) =>
  z
    .unknown()
    .optional()
    .transform((value) => (value == null ? fallbackMs / 1_000 : (readNumber(value) ?? 0)))
    .refine((seconds) => seconds > 0, "must be a number of seconds greater than 0")
    .transform((seconds) => seconds * 1_000)
    .meta({ type: "number", exclusiveMinimum: 0, description, unit: "seconds" });

const common = {
  name: text.meta({ description: "What operators call it." }),
  description: text.meta({ description: "What it is for." }),
  interaction_timeout_s: secondsOr(
    defaultTimings.interactionTimeoutMs,
    "How long an offer of this trigger waits for its user. Default: 10.",
  ),
  cooldown_s: secondsOr(defaultTimings.cooldownMs, "How long the agent then keeps quiet. Default: 30."),
  triggering_type: z
    .enum(["instant_trigger", "llm_judge_validation"], { error: "must be instant_trigger or llm_judge_validation" })
    .nullish()
    .meta({
      description: "Whether it is offered at once, or only when the judge agrees. Default: `llm_judge_validation`.",
    }),
};

const configured = (row: {
  readonly name: string;
  readonly description: string;
  readonly interaction_timeout_s: number;
  readonly cooldown_s: number;
  readonly triggering_type?: TriggeringType | null | undefined;
}) => ({
  name: row.name,
  description: row.description,
  timings: { interactionTimeoutMs: row.interaction_timeout_s, cooldownMs: row.cooldown_s },
  triggeringType: row.triggering_type ?? defaultTriggeringType,
});

/**
 * One trigger as a configuration names it, with its parameters. Seconds become milliseconds, and may be written as text;
 * unknown fields are ignored.
 */
export const triggerRowSchema = z.preprocess(
  (row) => (typeof row === "object" && row !== null && "id" in row ? { ...row, id: trimmed(row.id) } : row),
  z.discriminatedUnion(
    "id",
    [
      z
        .object({ id: z.literal(PING_PONG), ...common, ...pingPongShape })
        .transform((row) => ({ id: row.id, ...configured(row), ...pingPongOptions(row) }))
        .meta({ description: "The user goes from one page to another and back." }),
      z
        .object({ id: z.literal(PAGE_DWELL), ...common, ...pageDwellShape })
        .transform((row) => ({ id: row.id, ...configured(row), ...pageDwellOptions(row) }))
        .meta({ description: "The user stays on one page and does little." }),
      z
        .object({ id: z.literal(SECTION_MATCH), ...common })
        .transform((row) => ({ id: row.id, ...configured(row) }))
        .meta({ description: "The user is in a section for which the playbook has words." }),
    ],
    {
      error: ({ code }) =>
        code === "invalid_union" ? `must be ${PING_PONG}, ${PAGE_DWELL} or ${SECTION_MATCH}` : "must be an object",
    },
  ),
);

export type TriggerRow = Readonly<z.infer<typeof triggerRowSchema>>;
