import * as z from "zod";
import type { HttpResponse } from "../http-server.ts";
import { type Headers, type Refusal, statusOf } from "./broken.ts";
import type { Completed, Question } from "./mind.ts";

/** OpenAI's chat completions, as far as one asks for one text. */
const requestSchema = z.object({
  model: z.string(),
  messages: z.tuple([
    z.object({ role: z.literal("system"), content: z.string() }),
    z.object({ role: z.literal("user"), content: z.string() }),
  ]),
  max_tokens: z.int().positive().optional(),
  max_completion_tokens: z.int().positive().optional(),
});

/** @returns undefined for a request that is not in OpenAI's form */
export function readQuestion(body: unknown): Question | undefined {
  const parsed = requestSchema.safeParse(body);
  if (!parsed.success) return undefined;
  const { model, messages, max_tokens, max_completion_tokens } = parsed.data;
  const [system, user] = messages;
  return {
    protocol: "openai",
    model,
    system: system.content,
    prompt: user.content,
    maxOutputTokens: max_completion_tokens ?? max_tokens,
  };
}

export function writeCompletion(model: string, { text, tokensIn, tokensOut }: Completed): HttpResponse {
  return json(200, {
    id: "chatcmpl-local",
    object: "chat.completion",
    created: 0,
    model,
    choices: [
      {
        index: 0,
        message: { role: "assistant", content: text, refusal: null },
        logprobs: null,
        finish_reason: "stop",
      },
    ],
    usage: { prompt_tokens: tokensIn, completion_tokens: tokensOut, total_tokens: tokensIn + tokensOut },
  });
}

export function refuse(refusal: Refusal, headers: Headers = {}): HttpResponse {
  const error = {
    message: `This request is refused: ${refusal}`,
    type: "invalid_request_error",
    param: null,
    code: null,
  };
  return json(statusOf[refusal], { error }, headers);
}

export function json(status: number, body: unknown, headers: Headers = {}): HttpResponse {
  return { status, headers: { "content-type": "application/json", ...headers }, body: JSON.stringify(body) };
}
