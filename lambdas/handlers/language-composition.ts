import { BedrockAgentRuntimeClient } from "@aws-sdk/client-bedrock-agent-runtime";
import { BedrockRuntimeClient } from "@aws-sdk/client-bedrock-runtime";
import { bedrockSettings } from "../adapters/aws/bedrock.ts";
import { createChosenKnowledgeBase } from "../adapters/knowledge-base/chosen.ts";
import { createBedrockModel } from "../adapters/language-model/bedrock.ts";
import { createChosenModel } from "../adapters/language-model/chosen.ts";
import { createExtractiveModel } from "../adapters/language-model/extractive.ts";
import { createOpenAiModel } from "../adapters/language-model/openai.ts";
import type { JobPorts } from "../app/job-ports.ts";
import { languageProviders } from "../domain/product/language-settings.ts";
import { required, variable } from "../environment.ts";

type LanguagePorts = Pick<JobPorts, "model" | "knowledge" | "wait">;

/** Who writes, and where what is known stands: what each product chose, else what the stack was deployed with. */
export function languagePorts(): LanguagePorts {
  const environment = required([variable.languageProvider, variable.bedrockModelId]);
  const wanted = environment[variable.languageProvider];
  const defaultProvider = languageProviders.find((provider) => provider === wanted);
  if (!defaultProvider) throw new Error(`${variable.languageProvider} must be one of ${languageProviders.join(", ")}`);
  const bedrock = createBedrockModel({
    client: new BedrockRuntimeClient(bedrockSettings()),
    modelId: environment[variable.bedrockModelId],
  });
  return {
    model: createChosenModel({
      byProvider: { bedrock, openai: createOpenAiModel(), extractive: createExtractiveModel() },
      defaultProvider,
    }),
    knowledge: createChosenKnowledgeBase({ bedrock: new BedrockAgentRuntimeClient(bedrockSettings()) }),
    wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  };
}
