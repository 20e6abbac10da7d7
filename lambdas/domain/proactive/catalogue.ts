import * as z from "zod";
import { type Problem, problemAt } from "../activity/problem.ts";
import { strip } from "../text/strip.ts";
import { configuredTrigger } from "./configured-trigger.ts";
import { PAGE_DWELL, pageDwellTrigger } from "./page-dwell.ts";
import { PING_PONG, pingPongTrigger } from "./ping-pong.ts";
import { readNumber } from "./read-number.ts";
import { SECTION_MATCH, sectionPlaybookTrigger } from "./section-playbook.ts";
import { defaultTimings } from "./timings.ts";
import type { Trigger } from "./trigger.ts";

/** The triggers that a configuration can name. */
export const builtinTriggers = {
  [PING_PONG]: pingPongTrigger(),
  [SECTION_MATCH]: sectionPlaybookTrigger(),
  [PAGE_DWELL]: pageDwellTrigger(),
} as const satisfies Readonly<Record<string, Trigger>>;

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

/** One trigger as a configuration names it. Seconds become milliseconds; unknown fields are ignored. */
export const triggerRowSchema = z
  .object(
    {
      id: z.preprocess(
        trimmed,
        z.enum([PING_PONG, PAGE_DWELL, SECTION_MATCH], {
          error: `must be ${PING_PONG}, ${PAGE_DWELL} or ${SECTION_MATCH}`,
        }),
      ),
      name: text,
      description: text,
      interaction_timeout_s: secondsOr(
        defaultTimings.interactionTimeoutMs,
        "How long an offer of this trigger waits for its user. Default: 10.",
      ),
      cooldown_s: secondsOr(defaultTimings.cooldownMs, "How long the agent then keeps quiet. Default: 30."),
      triggering_type: z
        .enum(["instant_trigger", "llm_judge_validation"], {
          error: "must be instant_trigger or llm_judge_validation",
        })
        .nullish()
        .meta({
          description: "Whether it is offered at once, or only when the judge agrees. Default: `llm_judge_validation`.",
        }),
    },
    { error: "must be an object" },
  )
  .transform((row) => ({
    id: row.id,
    name: row.name,
    description: row.description,
    timings: { interactionTimeoutMs: row.interaction_timeout_s, cooldownMs: row.cooldown_s },
    triggeringType: row.triggering_type ?? builtinTriggers[row.id].triggeringType,
  }));

export type TriggerRow = Readonly<z.infer<typeof triggerRowSchema>>;

/**
 * The rows of a configuration. A bad one is left out, and each of its problems is named by its index, field and reason;
 * the good ones stay in their order, which is their priority. The same trigger may stand there twice.
 */
export function readTriggerRows(rows: readonly unknown[]): {
  readonly rows: readonly TriggerRow[];
  readonly problems: readonly Problem[];
} {
  const read = rows.map((row) => triggerRowSchema.safeParse(row));
  return {
    rows: read.flatMap(({ data }) => data ?? []),
    problems: read.flatMap(({ error }, index) =>
      (error?.issues ?? []).map(({ path, message }) => problemAt([index, ...path], message)),
    ),
  };
}

/** What a product evaluates, in order of priority. That it names no trigger is a problem as well. */
export function buildRegistry(rows: readonly unknown[]): {
  readonly triggers: readonly Trigger[];
  readonly problems: readonly Problem[];
} {
  const read = readTriggerRows(rows);
  const empty = rows.length === 0 ? [problemAt([], "must name at least one trigger")] : [];
  return {
    triggers: read.rows.map((row) => configuredTrigger(builtinTriggers[row.id], row)),
    problems: [...empty, ...read.problems],
  };
}

/** What is evaluated where a configuration says nothing of triggers. */
export const defaultRegistry: readonly Trigger[] = [
  configuredTrigger(builtinTriggers[PING_PONG], builtinTriggers[PING_PONG]),
];
