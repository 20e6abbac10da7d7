import { toMaskRules } from "../../lambdas/domain/sources/mask.ts";
import type { ExtractionRules } from "../../lambdas/domain/sources/to-action.ts";

/** What a product without settings of its own says about its events; `over` is laid over it. */
export function rulesWith(over: Partial<ExtractionRules> = {}): ExtractionRules {
  return {
    keepQuery: [],
    keepFragment: false,
    mask: toMaskRules({ allow: [], deny: [] }),
    lowSignal: new Set(["$pageleave"]),
    ...over,
  };
}
