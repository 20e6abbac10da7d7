import * as z from "zod";
import type { Completion, LanguageModel } from "../../app/language-ports.ts";
import { TerminalError } from "../../app/ports.ts";
import { bearerKeys } from "../http/bearer-keys.ts";
import { type Called, unreadableError } from "../http/failures.ts";
import { postJson } from "../http/post-json.ts";
import { toBody } from "./openai-request.ts";

/** A refusal has no content; servers of one's own may not count tokens. */
const answerSchema = z.object({
  choices: z.array(z.object({ message: z.object({ content: z.string().nullish() }) })).min(1),
  usage: z
    .object({ prompt_tokens: z.int().nonnegative().catch(0), completion_tokens: z.int().nonnegative().catch(0) })
    .nullish(),
});

const called: Called = { label: "chat completions", lost: "uncertain" };

/**
 * Any endpoint that speaks OpenAI's chat completions (OpenAI, "Create chat completion"), by what each product configures:
 * base address and model, and the secret `language/api-key`, without which requests carry no key.
 */
export function createOpenAiModel(): LanguageModel {
  return {
    async complete(product, request, { timeoutMs }): Promise<Completion> {
      const { baseUrl, model } = product.configuration.language;
      if (model === null) throw new TerminalError("rejected", `${called.label}: no model is configured`);
      const answer = await postJson({
        ...called,
        url: `${baseUrl.replace(/\/+$/, "")}/chat/completions`,
        body: toBody(request, { model, baseUrl }),
        keys: bearerKeys(product, "language/api-key"),
        timeoutMs,
      });
      const parsed = answerSchema.safeParse(answer);
      if (!parsed.success) throw unreadableError(called);
      const { choices, usage } = parsed.data;
      return {
        text: choices[0]?.message.content ?? "",
        tokensIn: usage?.prompt_tokens ?? 0,
        tokensOut: usage?.completion_tokens ?? 0,
      };
    },
  };
}
