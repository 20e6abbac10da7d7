import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { KnowledgeBase } from "../../../lambdas/app/language-ports.ts";
import type { Product } from "../../../lambdas/app/ports.ts";
import type { KnowledgeRecord } from "../../../lambdas/domain/language/knowledge.ts";
import { productWith } from "../../support/product.ts";

/** A knowledge base under test, with what is at the other end. */
export type KnowledgeBaseHarness = {
  readonly knowledge: KnowledgeBase;
  /** Has a knowledge base. */
  readonly product: Product;
  /** What is found from now on, best first. */
  find(records: readonly KnowledgeRecord[]): void;
  /** The questions that arrived at the other end, in order. */
  asked(): readonly string[];
  /** The next question has no answer. */
  failNext(): void;
  close(): Promise<void>;
};

/** The contract of the port `KnowledgeBase`. */
export function describeKnowledgeBase(name: string, setUp: () => Promise<KnowledgeBaseHarness>): void {
  describe(`${name} keeps the knowledge base's contract`, () => {
    let harness: KnowledgeBaseHarness;

    beforeEach(async () => {
      harness = await setUp();
    });
    afterEach(() => harness.close());

    test("excerpts come back as they stand, best first, with a title or without", async () => {
      const records = [
        { title: "exports.md", content: "Press **Export** & wait.\n<b>Twice</b>" },
        { title: null, content: "Ärger mit Dateien" },
      ];
      harness.find(records);
      await expect(harness.knowledge.retrieve(harness.product, "How?")).resolves.toEqual(records);
    });

    test("the question arrives as it was asked", async () => {
      const question = 'Why does "Export" fail — für mich? </user>';
      await harness.knowledge.retrieve(harness.product, question);
      expect(harness.asked()).toEqual([question]);
    });

    test("nothing may be found", async () => {
      await expect(harness.knowledge.retrieve(harness.product, "What?")).resolves.toEqual([]);
    });

    test("a product without a knowledge base finds nothing and asks nobody", async () => {
      harness.find([{ title: null, content: "not for everybody" }]);
      await expect(harness.knowledge.retrieve(productWith(), "What?")).resolves.toEqual([]);
      expect(harness.asked()).toEqual([]);
    });

    test("what failed was asked once, and may be asked again", async () => {
      harness.failNext();
      const failing = harness.knowledge.retrieve(harness.product, "What?");
      await expect(failing).rejects.toMatchObject({ name: "RetryableError", reason: "failed" });
      expect(harness.asked()).toHaveLength(1);
      await expect(harness.knowledge.retrieve(harness.product, "What?")).resolves.toEqual([]);
    });
  });
}
