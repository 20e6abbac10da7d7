import type { Completion, LanguageModel } from "../../../lambdas/app/language-ports.ts";
import type { ModelRequest } from "../../../lambdas/domain/language/model-request.ts";
import type { ManualClock } from "./manual-clock.ts";

type Outcome = Completion | Error;

export type ScriptedModel = LanguageModel & {
  /** Everything that it was asked, in order. */
  readonly requests: readonly ModelRequest[];
  /** What the next requests lead to, one each. */
  next(...outcomes: readonly Outcome[]): void;
  /** What every request leads to that has no outcome of its own. */
  always(outcome: Outcome): void;
  /** How long each request takes, by the given clock. */
  takesMs(ms: number): void;
};

/** What a model says that says something. */
export const saying = (text: string): Completion => ({ text, tokensIn: 100, tokensOut: 20 });

/** A language model that does as it is told: at first it says "A text.". */
export function createScriptedModel(clock: ManualClock): ScriptedModel {
  const requests: ModelRequest[] = [];
  const outcomes: Outcome[] = [];
  let lasting: Outcome = saying("A text.");
  let durationMs = 0;
  return {
    requests,
    complete: async (_product, request) => {
      requests.push(request);
      clock.advance(durationMs);
      const outcome = outcomes.shift() ?? lasting;
      if (outcome instanceof Error) throw outcome;
      return outcome;
    },
    next: (...following) => void outcomes.push(...following),
    always: (outcome) => {
      lasting = outcome;
    },
    takesMs: (ms) => {
      durationMs = ms;
    },
  };
}
