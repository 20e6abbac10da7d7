import * as z from "zod";
import type { Product } from "../../app/ports.ts";
import type { KnowledgeRecord } from "../../domain/language/knowledge.ts";
import { bearerKeys } from "../http/bearer-keys.ts";
import { type Called, unreadableError } from "../http/failures.ts";
import { postJson } from "../http/post-json.ts";
import { MAX_RECORDS, TIMEOUT_MS } from "./limits.ts";

const answerSchema = z.object({
  records: z.array(z.object({ title: z.string().nullish(), content: z.string() })),
});

const called: Called = { label: "knowledge base", lost: "failed" };

/**
 * Excerpts from an endpoint of the product's own: `{"query"}` in, `{"records": [{"title", "content"}]}` out, best first;
 * with the secret `knowledge-base/token`, where it is set.
 *
 * @throws TerminalError, RetryableError
 */
export async function retrieveOverHttp(
  product: Product,
  url: string,
  question: string,
): Promise<readonly KnowledgeRecord[]> {
  const keys = bearerKeys(product, "knowledge-base/token");
  const answer = await postJson({ ...called, url, body: { query: question }, keys, timeoutMs: TIMEOUT_MS });
  const parsed = answerSchema.safeParse(answer);
  if (!parsed.success) throw unreadableError(called);
  return parsed.data.records.slice(0, MAX_RECORDS).map(({ title = null, content }) => ({ title, content }));
}
