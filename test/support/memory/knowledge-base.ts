import type { KnowledgeBase } from "../../../lambdas/app/language-ports.ts";
import { RetryableError } from "../../../lambdas/app/ports.ts";
import type { KnowledgeRecord } from "../../../lambdas/domain/language/knowledge.ts";

export type MemoryKnowledgeBase = KnowledgeBase & {
  /** Every question in order, of products that have a knowledge base. */
  readonly asked: readonly string[];
  /** What is found from now on, best first. Default: nothing. */
  find(found: readonly KnowledgeRecord[] | (() => readonly KnowledgeRecord[])): void;
  /** The next question has no answer. */
  failNext(): void;
};

/** A knowledge base in memory that keeps the port's contract, the same for every product that has one. */
export function createMemoryKnowledgeBase(): MemoryKnowledgeBase {
  const asked: string[] = [];
  let look: () => readonly KnowledgeRecord[] = () => [];
  let failures = 0;
  return {
    asked,
    find(found) {
      look = typeof found === "function" ? found : () => found;
    },
    failNext() {
      failures += 1;
    },
    async retrieve({ configuration }, question) {
      if (configuration.answers.knowledgeBase === null) return [];
      asked.push(question);
      if (failures > 0) {
        failures -= 1;
        throw new RetryableError("failed", "knowledge base in memory: failed");
      }
      return look();
    },
  };
}
