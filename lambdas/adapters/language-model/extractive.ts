import type { Completion, LanguageModel } from "../../app/language-ports.ts";
import { TerminalError } from "../../app/ports.ts";
import { extractiveAnswer } from "../../domain/language/extractive/answer.ts";
import { extractiveSummary } from "../../domain/language/extractive/summary.ts";
import type { ModelRequest } from "../../domain/language/model-request.ts";

/**
 * No model at all: it writes from what the actions themselves say, for nothing, and always the same. The default of the
 * local cloud, and for those who may send nothing to a model. It cannot judge an offer.
 */
export function createExtractiveModel(): LanguageModel {
  return {
    async complete(_product, request): Promise<Completion> {
      return { text: write(request), tokensIn: 0, tokensOut: 0 };
    },
  };
}

function write({ task, material }: ModelRequest): string {
  switch (task) {
    case "summary":
      return extractiveSummary(material.actions);
    case "answer":
      return extractiveAnswer(material);
    case "judge":
      throw new TerminalError("rejected", "without a language model nothing is judged");
    default:
      return task satisfies never;
  }
}
