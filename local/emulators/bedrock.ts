import * as z from "zod";
import { type AwsRequest, type Backend, errorResponse, jsonResponse } from "../aws-protocol.ts";
import { brokenAnswer, type Headers, type Refusal, statusOf } from "../fake-model/broken.ts";
import type { Completed, Excerpt, Mind } from "../fake-model/mind.ts";
import type { HttpResponse } from "../http-server.ts";

const textBlock = z.object({ text: z.string().min(1) });

const converseInput = z.object({
  modelId: z.string().min(1),
  system: z.tuple([textBlock]),
  messages: z.tuple([z.object({ role: z.literal("user"), content: z.tuple([textBlock]) })]),
  inferenceConfig: z.object({ maxTokens: z.int().positive() }).optional(),
});

/** Lengths in Smithy, in which AWS describes its services, count code points. */
const query = z.string().refine((text) => [...text].length <= 1_000);

const retrieveInput = z.object({
  knowledgeBaseId: z.string().regex(/^[0-9a-zA-Z]{1,10}$/),
  retrievalQuery: z.object({ text: query }),
});

const exceptionOf: Readonly<Record<Refusal, { readonly code: string; readonly status: number }>> = {
  outage: { code: "ServiceUnavailableException", status: statusOf.outage },
  "rate-limit": { code: "ThrottlingException", status: statusOf["rate-limit"] },
  rejected: { code: "ValidationException", status: statusOf.rejected },
  unauthorized: { code: "AccessDeniedException", status: 403 },
  unknown: { code: "ResourceNotFoundException", status: statusOf.unknown },
};

/** Amazon Bedrock's Converse and Retrieve, with the mind of the fake model behind them. */
export function createBedrock(mind: Mind): Backend {
  return async ({ call }: AwsRequest) => {
    switch (call.operation) {
      case "Converse":
        return converse(mind, call.input);
      case "Retrieve":
        return retrieve(mind, call.input);
      default:
        return errorResponse({ code: "UnknownOperationException", message: call.operation, status: 404 });
    }
  };
}

async function converse(mind: Mind, input: unknown): Promise<HttpResponse | "drop"> {
  const parsed = converseInput.safeParse(input);
  if (!parsed.success) return refuse("rejected");
  const { modelId, system, messages, inferenceConfig } = parsed.data;
  const outcome = await mind.complete({
    protocol: "bedrock",
    model: modelId,
    system: system[0].text,
    prompt: messages[0].content[0].text,
    maxOutputTokens: inferenceConfig?.maxTokens,
  });
  return "found" in outcome ? jsonResponse(completion(outcome.found)) : brokenAnswer(outcome.fault, refuse);
}

function completion({ text, tokensIn, tokensOut }: Completed) {
  return {
    output: { message: { role: "assistant", content: [{ text }] } },
    stopReason: "end_turn",
    usage: { inputTokens: tokensIn, outputTokens: tokensOut, totalTokens: tokensIn + tokensOut },
    metrics: { latencyMs: 1 },
  };
}

async function retrieve(mind: Mind, input: unknown): Promise<HttpResponse | "drop"> {
  const parsed = retrieveInput.safeParse(input);
  if (!parsed.success) return refuse("rejected");
  const { knowledgeBaseId, retrievalQuery } = parsed.data;
  const search = { protocol: "bedrock", knowledgeBase: knowledgeBaseId, query: retrievalQuery.text } as const;
  const outcome = await mind.retrieve(search);
  return "found" in outcome
    ? jsonResponse({ retrievalResults: outcome.found.map(result) })
    : brokenAnswer(outcome.fault, refuse);
}

function result({ title, content }: Excerpt) {
  const location = { type: "S3", s3Location: { uri: `s3://knowledge/${title}` } };
  return { content: { type: "TEXT", text: content }, ...(title === null ? {} : { location }), score: 0.5 };
}

function refuse(refusal: Refusal, headers: Headers = {}): HttpResponse {
  const response = errorResponse(exceptionOf[refusal]);
  return { ...response, headers: { ...response.headers, ...headers } };
}
