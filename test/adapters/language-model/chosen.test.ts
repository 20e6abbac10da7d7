import { expect, test } from "vitest";
import { createChosenModel } from "../../../lambdas/adapters/language-model/chosen.ts";
import { requestOf } from "../../contract/suites/language-model.ts";
import { scriptedModel } from "../../support/memory/scripted-model.ts";
import { productWith } from "../../support/product.ts";

const limits = { timeoutMs: 20_000 };

function given() {
  const openai = scriptedModel();
  const extractive = scriptedModel();
  openai.answer("openai");
  extractive.answer("extractive");
  return createChosenModel({ byProvider: { openai, extractive }, defaultProvider: "extractive" });
}

test("a product that names no provider has the stack's", async () => {
  await expect(given().complete(productWith(), requestOf(), limits)).resolves.toMatchObject({ text: "extractive" });
});

test("a product has the provider that it names", async () => {
  const product = productWith({ language: { provider: "openai" } });
  await expect(given().complete(product, requestOf(), limits)).resolves.toMatchObject({ text: "openai" });
});

test("a provider that the stack has not is gone", async () => {
  const product = productWith({ language: { provider: "bedrock" } });
  await expect(given().complete(product, requestOf(), limits)).rejects.toMatchObject({
    name: "TerminalError",
    reason: "gone",
  });
});
