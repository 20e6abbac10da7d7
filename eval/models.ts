import { BedrockRuntimeClient } from "@aws-sdk/client-bedrock-runtime";
import { bedrockSettings } from "../lambdas/adapters/aws/bedrock.ts";
import { createBedrockModel } from "../lambdas/adapters/language-model/bedrock.ts";
import { createExtractiveModel } from "../lambdas/adapters/language-model/extractive.ts";
import { createOpenAiModel } from "../lambdas/adapters/language-model/openai.ts";
import type { LanguageModel } from "../lambdas/app/language-ports.ts";
import type { Product } from "../lambdas/app/ports.ts";
import { configurationSchema, toConfiguration } from "../lambdas/domain/product/configuration.ts";
import type { LanguageProvider } from "../lambdas/domain/product/language-settings.ts";

export type Environment = Readonly<Record<string, string | undefined>>;

/** A model that can be asked, or what it lacks. */
export type Candidate =
  | { readonly kind: "ready"; readonly model: LanguageModel; readonly name: string; readonly product: Product }
  | { readonly kind: "absent"; readonly lacks: readonly string[] };

export function candidateOf(adapter: LanguageProvider, env: Environment): Candidate {
  switch (adapter) {
    case "extractive":
      return { kind: "ready", model: createExtractiveModel(), name: "none", product: productOf({}) };
    case "openai":
      return openAi(env);
    case "bedrock":
      return bedrock(env);
    default:
      return adapter satisfies never;
  }
}

function openAi({ OPENAI_API_KEY: key, OPENAI_MODEL: model, OPENAI_BASE_URL: baseUrl }: Environment): Candidate {
  if (!key || !model) return absent({ OPENAI_API_KEY: key, OPENAI_MODEL: model });
  const language = { model, ...(baseUrl ? { base_url: baseUrl } : {}) };
  const product = productOf(language, { "language/api-key": [key] });
  return { kind: "ready", model: createOpenAiModel(), name: model, product };
}

function bedrock(env: Environment): Candidate {
  const { BEDROCK_MODEL_ID: modelId } = env;
  const credentials = env.AWS_ACCESS_KEY_ID || env.AWS_PROFILE;
  const region = env.AWS_REGION || env.AWS_DEFAULT_REGION;
  if (!modelId || !credentials || !region) {
    return absent({ BEDROCK_MODEL_ID: modelId, AWS_REGION: region, "AWS_ACCESS_KEY_ID or AWS_PROFILE": credentials });
  }
  const client = new BedrockRuntimeClient({ ...bedrockSettings(), region });
  return { kind: "ready", model: createBedrockModel({ client, modelId }), name: modelId, product: productOf({}) };
}

function absent(wanted: Environment): Candidate {
  return { kind: "absent", lacks: Object.keys(wanted).filter((name) => !wanted[name]) };
}

/** A product with every default but its language model's. */
function productOf(language: object, secrets: Product["secrets"] = {}): Product {
  const document = configurationSchema.parse({ intercom: { admin_id: "1" }, language: { timeout_s: 25, ...language } });
  return { productId: "eval", configuration: toConfiguration(document), secrets };
}
