import { inspect } from "node:util";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { LanguageModel } from "../../../lambdas/app/language-ports.ts";
import type { Product } from "../../../lambdas/app/ports.ts";
import type { ModelRequest } from "../../../lambdas/domain/language/model-request.ts";
import type { ModelFault } from "../../support/memory/scripted-model.ts";

/** A model under test, with what is at the other end. */
export type LanguageModelHarness = {
  readonly model: LanguageModel;
  readonly product: Product;
  /** What the model says from now on. */
  answer(text: string): void;
  /** What arrived at the other end, in order. */
  asked(): readonly (Pick<ModelRequest, "system" | "prompt"> & { readonly maxOutputTokens: number | undefined })[];
  failNext(fault: ModelFault): void;
  close(): Promise<void>;
};

/** A question of which no word stands in an error. */
export function requestOf(parts: Partial<ModelRequest> = {}): ModelRequest {
  return {
    task: "summary",
    system: "Say what the user did. The secret word is wombat.",
    prompt: "Opened the page /wombat\nClicked <b>Export</b>",
    material: { actions: [], question: "", knowledge: [] },
    maxOutputTokens: 300,
    ...parts,
  };
}

/** The contract of the port `LanguageModel`, for models that are asked in words. */
export function describeLanguageModel(name: string, setUp: () => Promise<LanguageModelHarness>): void {
  describe(`${name} keeps the language model's contract`, () => {
    let harness: LanguageModelHarness;

    beforeEach(async () => {
      harness = await setUp();
    });
    afterEach(() => harness.close());

    const complete = (request = requestOf(), timeoutMs = 20_000) =>
      harness.model.complete(harness.product, request, { timeoutMs });

    test("instructions and what is only data arrive apart, with the limit of the output", async () => {
      await complete();
      const { system, prompt, maxOutputTokens } = requestOf();
      expect(harness.asked()).toMatchObject([{ system, prompt, maxOutputTokens }]);
    });

    test.each(["A text.", " \n", "Zwei Wörter — 👩‍👩‍👧", "<p>no&nbsp;markup</p>", '{"choices": []}'])(
      "%j comes back as it was said",
      async (text) => {
        harness.answer(text);
        expect((await complete()).text).toBe(text);
      },
    );

    test("tokens are counted on both sides", async () => {
      const { tokensIn, tokensOut } = await complete();
      expect(tokensIn).toBeGreaterThan(0);
      expect(tokensOut).toBeGreaterThan(0);
    });

    test("an empty text and one of 50 KB are the caller's to judge", async () => {
      harness.failNext("empty");
      expect((await complete()).text).toBe("");
      harness.failNext("huge");
      expect((await complete()).text.length).toBeGreaterThan(50_000);
    });

    test.each([
      ["outage", "RetryableError", "failed"],
      ["unreadable", "RetryableError", "failed"],
      ["limited", "RetryableError", "limited"],
      ["rejected", "TerminalError", "rejected"],
      ["unauthorized", "TerminalError", "unauthorized"],
      ["gone", "TerminalError", "gone"],
    ] as const)("%s is a %s, %s, and the model was asked once", async (fault, name, reason) => {
      harness.failNext(fault);
      await expect(complete()).rejects.toMatchObject({ name, reason });
      expect(harness.asked()).toHaveLength(1);
      await expect(complete()).resolves.toMatchObject({ text: expect.any(String) });
    });

    test("a limit says how long it holds", async () => {
      harness.failNext("limited");
      await expect(complete()).rejects.toMatchObject({ retryAfterMs: 7_000 });
    });

    test("what is not answered within its time may be charged, and was asked once", async () => {
      harness.failNext("timeout");
      await expect(complete(requestOf(), 300)).rejects.toMatchObject({
        name: "RetryableError",
        reason: "uncertain",
      });
      expect(harness.asked()).toHaveLength(1);
    });

    test.each(["outage", "unreadable", "rejected", "unauthorized"] as const)(
      "an error for %s tells neither the prompt nor the key",
      async (fault) => {
        harness.failNext(fault);
        const error = await complete().catch((thrown: unknown) => thrown);
        expect(error).toBeInstanceOf(Error);
        expect(`${error}`).not.toMatch(/wombat|s3cret|just a moment/i);
        expect(inspect(error, { depth: 0 })).not.toMatch(/wombat|s3cret/);
      },
    );
  });
}
