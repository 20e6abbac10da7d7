import type { TriggerContext, TriggerHit } from "../domain/proactive/trigger.ts";
import type { Product } from "./ports.ts";

/** A language model that finds the moment for an offer, and the words. */
export type Judge = {
  /**
   * Asks about the judged hits of one session, in the order of their priority.
   *
   * @returns the model's answer as it gave it, for `parseJudgement`
   * @throws TerminalError, RetryableError when the model gave none
   */
  judge(
    product: Product,
    question: { readonly context: TriggerContext; readonly hits: readonly TriggerHit[] },
  ): Promise<string>;
};
