import * as z from "zod";
import { type HttpRequest, type HttpResponse, serveHttp } from "../http-server.ts";
import { brokenAnswer } from "./broken.ts";
import { json, readQuestion, refuse, writeCompletion } from "./chat-completions.ts";
import { createMind, type Mind } from "./mind.ts";

export type FakeModel = Mind & {
  /** Without a slash at the end. Chat completions are at `/v1/chat/completions`, the knowledge base at `/knowledge`. */
  readonly url: string;
  /** Replaces the keys that are valid; none: whoever asks is answered. */
  setKeys(keys: readonly string[]): void;
  /** After it, connections are refused. */
  close(): Promise<void>;
};

const searchSchema = z.object({ query: z.string() });

/**
 * Starts a language model on 127.0.0.1 that speaks OpenAI's chat completions, and beside it a knowledge base, with one mind
 * behind both. Whoever speaks another protocol asks that mind directly.
 *
 * @param port 0, the default, lets the operating system choose
 * @param keys that are valid at the start; none by default: whoever asks is answered
 */
export async function startFakeModel({
  port = 0,
  keys = [],
}: {
  readonly port?: number;
  readonly keys?: readonly string[];
} = {}): Promise<FakeModel> {
  const mind = createMind();
  let validKeys = keys;

  async function answer(request: HttpRequest): Promise<HttpResponse | "drop"> {
    const asked = `${request.method} ${request.target}`;
    const body = parse(request.body);
    const key = /^Bearer (.+)$/.exec(request.headers.authorization ?? "")?.[1];
    if (validKeys.length > 0 && !(key !== undefined && validKeys.includes(key))) return refuse("unauthorized");
    switch (asked) {
      case "POST /v1/chat/completions":
        return complete(mind, body);
      case "POST /knowledge":
        return search(mind, body);
      default:
        return refuse("unknown");
    }
  }

  const server = await serveHttp(answer, { port });
  return {
    ...mind,
    url: server.url,
    setKeys(next) {
      validKeys = next;
    },
    close: server.close,
  };
}

async function complete(mind: Mind, body: unknown): Promise<HttpResponse | "drop"> {
  const question = readQuestion(body);
  if (question === undefined) return refuse("rejected");
  const outcome = await mind.complete(question);
  return "found" in outcome ? writeCompletion(question.model, outcome.found) : brokenAnswer(outcome.fault, refuse);
}

async function search(mind: Mind, body: unknown): Promise<HttpResponse | "drop"> {
  const parsed = searchSchema.safeParse(body);
  if (!parsed.success) return refuse("rejected");
  const outcome = await mind.retrieve({ protocol: "http", knowledgeBase: "", query: parsed.data.query });
  return "found" in outcome ? json(200, { records: outcome.found }) : brokenAnswer(outcome.fault, refuse);
}

function parse(body: Buffer | undefined): unknown {
  try {
    return JSON.parse(body?.toString("utf8") ?? "");
  } catch {
    return undefined;
  }
}
