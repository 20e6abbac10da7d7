import { type Problem, problemAt } from "../activity/problem.ts";
import { configuredTrigger } from "./configured-trigger.ts";
import { PAGE_DWELL, pageDwellTrigger } from "./page-dwell.ts";
import { PING_PONG, pingPongTrigger } from "./ping-pong.ts";
import { SECTION_MATCH, sectionPlaybookTrigger } from "./section-playbook.ts";
import type { Trigger } from "./trigger.ts";
import { type TriggerRow, triggerRowSchema } from "./trigger-row.ts";

/** The triggers that a configuration can name, without parameters. */
export const builtinTriggers = {
  [PING_PONG]: pingPongTrigger(),
  [SECTION_MATCH]: sectionPlaybookTrigger(),
  [PAGE_DWELL]: pageDwellTrigger(),
} as const satisfies Readonly<Record<string, Trigger>>;

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
    triggers: read.rows.map((row) => triggerOf(row)),
    problems: [...empty, ...read.problems],
  };
}

/** The trigger that a row names, with the row's parameters and timings. */
export function triggerOf(row: TriggerRow): Trigger {
  return configuredTrigger(withParameters(row), row);
}

function withParameters(row: TriggerRow): Trigger {
  switch (row.id) {
    case "canonical_url_ping_pong":
      return pingPongTrigger(row);
    case "user_page_dwell":
      return pageDwellTrigger(row);
    case "section_playbook_match":
      return builtinTriggers[row.id];
    default:
      return row satisfies never;
  }
}

/** What is evaluated where a configuration says nothing of triggers. */
export const defaultRegistry: readonly Trigger[] = [
  configuredTrigger(builtinTriggers[PING_PONG], builtinTriggers[PING_PONG]),
];
