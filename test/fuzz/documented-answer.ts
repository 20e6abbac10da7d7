import * as z from "zod";
import type { HttpAnswer } from "../../lambdas/handlers/http-answer.ts";
import type { Answers } from "../../scripts/openapi/operation.ts";
import { operationOf } from "../../scripts/openapi/operations.ts";
import type { EdgeName } from "./arbitraries/bodies.ts";
import type { UserEdgeName } from "./arbitraries/user-request.ts";

/** What each edge may answer, when nothing is in trouble but the request: as docs/openapi.yaml has it. */
const answers: Readonly<Record<EdgeName | UserEdgeName, Answers>> = {
  actions: operationOf("POST /actions/{product_id}").answers,
  webhook: operationOf("POST /chatbot-webhook/{product_id}").answers,
  link: operationOf("POST /sessions/link").answers,
  tour: operationOf("POST /tours/progress").answers,
  labels: operationOf("POST /intercom/proactive/{product_id}").answers,
  products: operationOf("POST /products").answers,
  posthog: operationOf("POST /webhook/{product_id}").answers,
  fullstory: operationOf("POST /webhook/{product_id}").answers,
  events: operationOf("POST /batch").answers,
  token: operationOf("POST /sessions/token").answers,
  context: operationOf("GET /context/{product_id}/{user_id}").answers,
  reply: operationOf("GET /reply/{product_id}/{user_id}").answers,
  reset: operationOf("POST /admin/reset/{product_id}/{user_id}").answers,
};

/** Every answer that a campaign must have seen, or it was none: `actions 202`. */
export const documentedAnswers: readonly string[] = Object.entries(answers).flatMap(([edge, byStatus]) =>
  Object.keys(byStatus).map((status) => `${edge} ${status}`),
);

/** Answers without a body: to those who only ask whether somebody is there. */
const withoutBody: Readonly<Record<string, number>> = {
  "webhook HEAD": 200,
  "link OPTIONS": 204,
  "tour OPTIONS": 204,
  "events OPTIONS": 204,
  "token OPTIONS": 204,
};

/** What these say is a user's: nobody on the way may keep it. */
const privateEdges: ReadonlySet<string> = new Set<EdgeName | UserEdgeName>(["context", "reply", "reset", "token"]);

/** What these answer is for a page to read. */
const pageEdges: ReadonlySet<string> = new Set<EdgeName>(["link", "tour", "events", "token"]);

/**
 * @returns why this is no answer that the documentation knows; undefined when it is one.
 */
export function undocumented(edge: EdgeName | UserEdgeName, method: string, answer: HttpAnswer): string | undefined {
  const status = answer.statusCode ?? 0;
  if (pageEdges.has(edge) && answer.headers?.["access-control-allow-origin"] !== "*") return "no page may read it";
  if (privateEdges.has(edge) && answer.headers?.["cache-control"] !== "no-store") return "anybody may keep it";
  const bare = withoutBody[`${edge} ${method}`];
  if (bare !== undefined) return status === bare && !answer.body ? undefined : `${status} to ${method}`;
  const schema = answers[edge][status]?.body;
  if (!schema) return `${edge} answered ${status}`;
  if (answer.headers?.["content-type"] !== "application/json") return "the answer does not say that it is JSON";
  const parsed = schema.safeParse(JSON.parse(answer.body ?? ""));
  return parsed.success ? undefined : `${edge} answered ${status}: ${z.prettifyError(parsed.error)}`;
}

/** The same of an answer to a listener that is no stream. */
export function undocumentedStream(method: string, { statusCode = 0, body = "" }: HttpAnswer): string | undefined {
  if (method === "OPTIONS" && statusCode === 204) return body === "" ? undefined : "204 with a body";
  const schema = operationOf("GET /stream/{product_id}").answers[statusCode]?.body;
  if (!schema) return `a listener was answered ${statusCode}`;
  const parsed = schema.safeParse(JSON.parse(body));
  return parsed.success ? undefined : `a listener was answered ${statusCode}: ${z.prettifyError(parsed.error)}`;
}
