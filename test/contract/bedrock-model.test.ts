import { BedrockRuntimeClient } from "@aws-sdk/client-bedrock-runtime";
import { afterEach, beforeEach, expect, test } from "vitest";
import { bedrockSettings } from "../../lambdas/adapters/aws/bedrock.ts";
import { createBedrockModel } from "../../lambdas/adapters/language-model/bedrock.ts";
import { type AwsCall, jsonResponse } from "../../local/aws-protocol.ts";
import type { Gateway } from "../../local/gateway.ts";
import type { HttpResponse } from "../../local/http-server.ts";
import { clientFor, startAwsGateway } from "../support/aws-gateway.ts";
import { productWith } from "../support/product.ts";
import { requestOf } from "./suites/language-model.ts";

const modelId = "eu.amazon.nova-2-lite-v1:0";
const said = (content: readonly object[]) =>
  jsonResponse({ output: { message: { role: "assistant", content } }, stopReason: "end_turn" });

let gateway: Gateway;
let client: BedrockRuntimeClient;
let calls: AwsCall[];
let answer: HttpResponse;

beforeEach(async () => {
  ({ gateway } = await startAwsGateway());
  calls = [];
  answer = said([{ text: "A text." }]);
  gateway.connect("bedrock", async ({ call }) => {
    calls.push(call);
    return answer;
  });
  client = new BedrockRuntimeClient({ ...clientFor(gateway.url), ...bedrockSettings() });
});
afterEach(async () => {
  client.destroy();
  await gateway.close();
});

const complete = () =>
  createBedrockModel({ client, modelId }).complete(productWith(), requestOf(), { timeoutMs: 20_000 });

test("a request is Converse's: one model, instructions and data apart, the limit of the output, and no more", async () => {
  await complete();
  expect(calls).toMatchObject([{ service: "bedrock", operation: "Converse" }]);
  expect(calls[0]?.input).toEqual({
    modelId,
    system: [{ text: requestOf().system }],
    messages: [{ role: "user", content: [{ text: requestOf().prompt }] }],
    inferenceConfig: { maxTokens: 300 },
  });
});

test("what a model thinks before it speaks is not what it says", async () => {
  const thought = { reasoningContent: { reasoningText: { text: "Hm.", signature: "s" } } };
  answer = said([thought, { text: "A te" }, { text: "xt." }]);
  await expect(complete()).resolves.toEqual({ text: "A text.", tokensIn: 0, tokensOut: 0 });
});

test("a model that says nothing has an empty text", async () => {
  answer = said([]);
  await expect(complete()).resolves.toMatchObject({ text: "" });
});

test.each([
  ["a page", { status: 200, headers: { "content-type": "text/html" }, body: "<!doctype html>" }],
  ["an empty object", jsonResponse({})],
  ["an output without a message", jsonResponse({ output: {} })],
  [
    "a proxy's page about an outage",
    { status: 503, headers: { "content-type": "text/html" }, body: "<!doctype html>" },
  ],
  ["an outage without a word", { status: 500 }],
])("%s may be better next time, and was asked for once", async (_, broken) => {
  answer = broken;
  await expect(complete()).rejects.toMatchObject({ name: "RetryableError", reason: "failed" });
  expect(calls).toHaveLength(1);
});

test("a role that may not ask this model is told so", async () => {
  gateway.guard(() => ({ code: "AccessDeniedException", message: "Worker may not bedrock:InvokeModel" }));
  await expect(complete()).rejects.toMatchObject({ name: "TerminalError", reason: "unauthorized" });
  expect(calls).toEqual([]);
});

test("a Bedrock that is not there was not asked", async () => {
  await gateway.close();
  await expect(complete()).rejects.toMatchObject({ name: "RetryableError", reason: "failed" });
});
