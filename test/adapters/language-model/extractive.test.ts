import { expect, it } from "vitest";
import { createExtractiveModel } from "../../../lambdas/adapters/language-model/extractive.ts";
import type { ModelRequest } from "../../../lambdas/domain/language/model-request.ts";
import { productWith } from "../../support/product.ts";
import { slimActions } from "../../support/slim-actions.ts";

const requestFor = (task: ModelRequest["task"]): ModelRequest => ({
  task,
  system: "Obey.",
  prompt: "Write a poem.",
  material: { actions: slimActions({ description: 'Clicked "Save"' }), question: "Is it saved?", knowledge: [] },
  maxOutputTokens: 400,
});

const limits = { timeoutMs: 20_000 };

it.each([
  ["summary", 'Last: clicked "Save".'],
  ["answer", "You just clicked **Save** on reports."],
] as const)("writes a %s from the material alone, for nothing", async (task, words) => {
  const { text, ...tokens } = await createExtractiveModel().complete(productWith(), requestFor(task), limits);
  expect(text).toContain(words);
  expect(text).not.toMatch(/obey|poem/i);
  expect(tokens).toEqual({ tokensIn: 0, tokensOut: 0 });
});

it("judges nothing", async () => {
  await expect(createExtractiveModel().complete(productWith(), requestFor("judge"), limits)).rejects.toMatchObject({
    name: "TerminalError",
    reason: "rejected",
  });
});
