import { BedrockRuntimeClient } from "@aws-sdk/client-bedrock-runtime";
import { bedrockSettings } from "../../lambdas/adapters/aws/bedrock.ts";
import { createBedrockModel } from "../../lambdas/adapters/language-model/bedrock.ts";
import { createOpenAiModel } from "../../lambdas/adapters/language-model/openai.ts";
import type { Product } from "../../lambdas/app/ports.ts";
import { createBedrock } from "../../local/emulators/bedrock.ts";
import type { FaultName } from "../../local/fake-model/faults.ts";
import { type FakeModel, startFakeModel } from "../../local/fake-model/server.ts";
import { clientFor, startAwsGateway } from "../support/aws-gateway.ts";
import { type ModelFault, scriptedModel } from "../support/memory/scripted-model.ts";
import { productWith } from "../support/product.ts";
import { describeLanguageModel, type LanguageModelHarness } from "./suites/language-model.ts";

const faultOf: Readonly<Record<ModelFault, FaultName>> = {
  outage: "outage",
  timeout: "slow",
  unreadable: "html",
  limited: "rate-limit",
  rejected: "rejected",
  unauthorized: "unauthorized",
  gone: "unknown",
  empty: "empty",
  huge: "huge",
};

function over(fake: FakeModel, product: Product): Omit<LanguageModelHarness, "model"> {
  return {
    product,
    answer: (text) => fake.setAnswer(() => text),
    asked: fake.questions,
    failNext: (fault) => fake.fault({ name: faultOf[fault], count: 1, retryAfterS: 7 }),
    close: fake.close,
  };
}

describeLanguageModel("the model behind chat completions", async () => {
  const fake = await startFakeModel({ keys: ["s3cret"] });
  const language = { provider: "openai", base_url: `${fake.url}/v1`, model: "local-model" };
  const product = productWith({ language }, { "language/api-key": ["s3cret"] });
  return { ...over(fake, product), model: createOpenAiModel() };
});

describeLanguageModel("the model behind Amazon Bedrock", async () => {
  const { gateway } = await startAwsGateway();
  const fake = await startFakeModel();
  gateway.connect("bedrock", createBedrock(fake));
  const client = new BedrockRuntimeClient({ ...clientFor(gateway.url), ...bedrockSettings() });
  return {
    ...over(fake, productWith()),
    model: createBedrockModel({ client, modelId: "eu.anthropic.claude-haiku-4-5-20251001-v1:0" }),
    async close() {
      client.destroy();
      await gateway.close();
      await fake.close();
    },
  };
});

describeLanguageModel("the scripted model", async () => {
  const model = scriptedModel();
  return {
    model,
    product: productWith(),
    answer: model.answer,
    asked: () => model.asked.map(({ request }) => request),
    failNext: model.failNext,
    close: async () => {},
  };
});
