import { builtinTriggers } from "../proactive/catalogue.ts";
import { configuredTrigger } from "../proactive/configured-trigger.ts";
import { pageDwellTrigger } from "../proactive/page-dwell.ts";
import { pingPongTrigger } from "../proactive/ping-pong.ts";
import type { Trigger } from "../proactive/trigger.ts";
import type { TriggerRow } from "./trigger-row.ts";

/** The triggers of a product, in the order of their priority, each with its parameters and timings. */
export function triggerRegistry(rows: readonly TriggerRow[]): readonly Trigger[] {
  return rows.map((row) => {
    const { timings, triggeringType } = builtinTriggers[row.id];
    const { interaction_timeout_s: timeoutS, cooldown_s: cooldownS, triggering_type: type = triggeringType } = row;
    return configuredTrigger(withParameters(row), {
      timings: {
        interactionTimeoutMs: timeoutS === undefined ? timings.interactionTimeoutMs : timeoutS * 1_000,
        cooldownMs: cooldownS === undefined ? timings.cooldownMs : cooldownS * 1_000,
      },
      triggeringType: type,
    });
  });
}

function withParameters(row: TriggerRow): Trigger {
  switch (row.id) {
    case "canonical_url_ping_pong":
      return pingPongTrigger({ minCycles: row.min_cycles, urlMustContain: row.url_must_contain });
    case "user_page_dwell":
      return pageDwellTrigger({
        thresholdMs: row.threshold_s === undefined ? undefined : row.threshold_s * 1_000,
        maxActions: row.max_actions,
      });
    case "section_playbook_match":
      return builtinTriggers[row.id];
    default:
      return row satisfies never;
  }
}
