import { describe, expect, it } from "vitest";
import { configurationSchema } from "../../../lambdas/domain/product/configuration.ts";
import { neededSecrets } from "../../../lambdas/domain/product/parameter-names.ts";

const needed = (document: object) =>
  neededSecrets(configurationSchema.parse({ intercom: { admin_id: "9001" }, ...document }));

const always = ["intercom/access-token", "intercom/client-secret", "ingest/secret"];

describe("what a product cannot work without", () => {
  it.each([
    ["nothing said", {}, []],
    ["pages that must prove who their user is", { identity_verification: true }, ["intercom/identity-secret"]],
    ["OpenAI's own endpoint", { language: { provider: "openai", model: "m" } }, ["language/api-key"]],
    [
      "an endpoint of the customer's own, which may want no key",
      { language: { provider: "openai", model: "m", base_url: "https://llm.example.com/v1" } },
      [],
    ],
    ["an endpoint that is pushed to", { push: { url: "https://hooks.example.com/in" } }, ["push/secret"]],
    ["no model", { language: { provider: "extractive" } }, []],
  ])("given %s", (_, document, more) => {
    expect(needed(document)).toEqual([...always, ...more]);
  });
});
