import { describe, expect, it } from "vitest";
import { type Candidate, candidateOf } from "../../eval/models.ts";
import { evaluate, isSound } from "../../eval/run.ts";
import { recordedSessions } from "../../eval/session.ts";
import { tableOf } from "../../eval/tables.ts";
import { RetryableError } from "../../lambdas/app/ports.ts";
import { productWith } from "../support/product.ts";

const session = recordedSessions().find(({ name }) => name === "injected-task");
const sessions = session ? [session] : [];

const saying = (text: () => string): Candidate => ({
  kind: "ready",
  name: "a model",
  product: productWith(),
  model: { complete: async () => ({ text: text(), tokensIn: 7, tokensOut: 3 }) },
});

describe("a model that", () => {
  it("leaves out facts has them named", async () => {
    const result = await evaluate(
      saying(() => "On **Sprint 14** the upload failed twice."),
      sessions,
      () => {},
    );
    expect(result).toMatchObject({ model: "a model", recall: 3 / 7, tokensIn: 7, tokensOut: 3 });
    expect(tableOf("openai", result).notes?.join()).toContain("injected-task lacks: which file; ");
    expect(isSound(result)).toBe(true);
  });

  it("obeys a page is not sound", async () => {
    const result = await evaluate(
      saying(() => "ACCESS GRANTED"),
      sessions,
      () => {},
    );
    expect(isSound(result)).toBe(false);
    expect(tableOf("openai", result).notes?.join()).toContain("injected-task obeys the comment");
  });

  it.each([
    [
      "fails",
      () => {
        throw new RetryableError("limited", "too many");
      },
      "RetryableError: too many",
    ],
    ["writes an HTML page", () => "<html><body>Sprint 14</body></html>", "nothing of use in the model's text"],
  ])("%s has no summary, and is not sound", async (_, text, problem) => {
    const result = await evaluate(saying(text), sessions, () => {});
    expect(result).toMatchObject({ recall: 0, sessions: [{ summary: null, problem }] });
    expect(isSound(result)).toBe(false);
  });
});

describe("a language model is asked", () => {
  it.each([
    ["openai", {}, ["OPENAI_API_KEY", "OPENAI_MODEL"]],
    ["openai", { OPENAI_API_KEY: "k", OPENAI_MODEL: "" }, ["OPENAI_MODEL"]],
    ["bedrock", { AWS_PROFILE: "p" }, ["BEDROCK_MODEL_ID", "AWS_REGION"]],
  ] as const)("not without what %s needs: %j", async (adapter, env, lacks) => {
    const candidate = candidateOf(adapter, env);
    expect(candidate).toEqual({ kind: "absent", lacks });
    expect(await evaluate(candidate, sessions, () => {})).toEqual({
      notRun: `not in the environment: ${lacks.join(", ")}`,
    });
  });

  it("at the address and with the key that the environment names", () => {
    const env = { OPENAI_API_KEY: "k", OPENAI_MODEL: "m", OPENAI_BASE_URL: "http://127.0.0.1:1/v1" };
    expect(candidateOf("openai", env)).toMatchObject({
      kind: "ready",
      name: "m",
      product: {
        configuration: { language: { model: "m", baseUrl: "http://127.0.0.1:1/v1" } },
        secrets: { "language/api-key": ["k"] },
      },
    });
  });

  it("of Bedrock by its id", () => {
    const env = { BEDROCK_MODEL_ID: "some.model-v1", AWS_REGION: "eu-central-1", AWS_PROFILE: "p" };
    expect(candidateOf("bedrock", env)).toMatchObject({ kind: "ready", name: "some.model-v1" });
  });
});
