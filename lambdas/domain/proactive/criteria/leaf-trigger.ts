import { builtinTriggers } from "../catalogue.ts";
import { configuredTrigger } from "../configured-trigger.ts";
import { pageDwellTrigger } from "../page-dwell.ts";
import { pingPongTrigger } from "../ping-pong.ts";
import type { Trigger } from "../trigger.ts";
import type { CriteriaLeaf } from "./leaf.ts";

export type TriggerLeaf = Extract<CriteriaLeaf, { readonly type: keyof typeof builtinTriggers }>;

/**
 * The trigger that a leaf names, with the leaf's parameters. Its timings, and how its hit is acted upon, are those of the
 * product's first trigger with this id, else the built-in ones.
 */
export function leafTrigger(leaf: TriggerLeaf, registry: readonly Trigger[]): Trigger {
  const configured = registry.find(({ id }) => id === leaf.type) ?? builtinTriggers[leaf.type];
  return configuredTrigger(withParameters(leaf), configured);
}

function withParameters(leaf: TriggerLeaf): Trigger {
  switch (leaf.type) {
    case "canonical_url_ping_pong":
      return pingPongTrigger(leaf);
    case "user_page_dwell":
      return pageDwellTrigger(leaf);
    case "section_playbook_match":
      return builtinTriggers[leaf.type];
    default:
      return leaf satisfies never;
  }
}
