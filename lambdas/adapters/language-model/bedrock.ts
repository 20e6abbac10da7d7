import { type BedrockRuntimeClient, ConverseCommand } from "@aws-sdk/client-bedrock-runtime";
import type { Completion, LanguageModel } from "../../app/language-ports.ts";
import { askingBedrock } from "../aws/bedrock.ts";
import { type Called, unreadableError } from "../http/failures.ts";

const called: Called = { label: "Converse", lost: "uncertain" };

/**
 * One model of Amazon Bedrock, through the Converse API, which is the same for all of them.
 *
 * @param client set up as {@link bedrockSettings} says
 * @param modelId of a foundation model or an inference profile, or the ARN of one: the role may ask this one alone
 */
export function createBedrockModel({
  client,
  modelId,
}: {
  readonly client: BedrockRuntimeClient;
  readonly modelId: string;
}): LanguageModel {
  return {
    async complete(_product, { system, prompt, maxOutputTokens }, { timeoutMs }): Promise<Completion> {
      const command = new ConverseCommand({
        modelId,
        system: [{ text: system }],
        messages: [{ role: "user", content: [{ text: prompt }] }],
        inferenceConfig: { maxTokens: maxOutputTokens },
      });
      const { output, usage } = await askingBedrock(called, timeoutMs, (abortSignal) =>
        client.send(command, { abortSignal }),
      );
      const blocks = output?.message?.content;
      if (blocks === undefined) throw unreadableError(called);
      return {
        // A model that reasons has blocks without text among those of its answer.
        text: blocks.map(({ text = "" }) => text).join(""),
        tokensIn: usage?.inputTokens ?? 0,
        tokensOut: usage?.outputTokens ?? 0,
      };
    },
  };
}
