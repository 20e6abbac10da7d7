import * as z from "zod";
import type { HttpAnswer } from "../../lambdas/handlers/http-answer.ts";
import type { EdgeName } from "./arbitraries/bodies.ts";

/** What each edge may answer, when nothing is in trouble but the request. */

const problem = z.strictObject({
  path: z.string().regex(/^(body|(\[\d+\]|\.?[\w-]+)+)$/),
  reason: z.string().min(1).max(200),
});
const invalid = z.strictObject({ error: z.literal("invalid"), problems: z.array(problem).min(1).max(20) });
const error = (text: string) => z.strictObject({ error: z.literal(text) });

const unauthorized = error("unauthorized");
const notJson = error("the content type must be application/json");
const newSecrets = z.partialRecord(z.enum(["ingest/secret", "operator/key"]), z.string().min(1));
const address = z.string().startsWith("http");
const product = z.strictObject({
  product_id: z.string(),
  admin_name: z.string(),
  actions_url: address,
  chat_webhook_url: address,
  chat_webhook_topics: z.array(z.string()),
  new_secrets: newSecrets,
});

/** Of both routes for pages. */
const pageReport = {
  202: z.strictObject({ status: z.literal("accepted") }),
  400: invalid,
  401: unauthorized,
  403: error("forbidden"),
  413: error("the body must be at most 8 KB"),
  415: notJson,
};

const bodies: Readonly<Record<EdgeName, Readonly<Record<number, z.ZodType>>>> = {
  actions: {
    202: z.strictObject({ accepted: z.int().nonnegative(), batch_ids: z.array(z.string()) }),
    400: invalid,
    401: unauthorized,
    413: error("the body must be at most 1 MiB"),
    415: notJson,
  },
  webhook: {
    200: z.strictObject({ status: z.enum(["accepted", "ignored"]) }),
    400: error("invalid"),
    401: unauthorized,
  },
  link: pageReport,
  tour: pageReport,
  labels: {
    200: z.strictObject({ prompts: z.array(z.string()).max(3) }),
    400: invalid,
    401: unauthorized,
    413: error("the body must be at most 8 KB"),
  },
  products: {
    200: product,
    201: product,
    400: invalid,
    401: unauthorized,
    413: error("the body must be at most 64 KB"),
  },
};

/** Every answer that a campaign must have seen, or it was none: `actions 202`. */
export const documentedAnswers: readonly string[] = Object.entries(bodies).flatMap(([edge, byStatus]) =>
  Object.keys(byStatus).map((status) => `${edge} ${status}`),
);

/** Answers without a body: to those who only ask whether somebody is there. */
const withoutBody: Readonly<Record<string, number>> = {
  "webhook HEAD": 200,
  "link OPTIONS": 204,
  "tour OPTIONS": 204,
};

/**
 * @returns why this is no answer that the documentation knows; undefined when it is one.
 */
export function undocumented(edge: EdgeName, method: string, answer: HttpAnswer): string | undefined {
  const status = answer.statusCode ?? 0;
  const isForPages = edge === "link" || edge === "tour";
  if (isForPages && answer.headers?.["access-control-allow-origin"] !== "*") return "no page may read it";
  const bare = withoutBody[`${edge} ${method}`];
  if (bare !== undefined) return status === bare && !answer.body ? undefined : `${status} to ${method}`;
  const schema = bodies[edge][status];
  if (!schema) return `${edge} answered ${status}`;
  if (answer.headers?.["content-type"] !== "application/json") return "the answer does not say that it is JSON";
  const parsed = schema.safeParse(JSON.parse(answer.body ?? ""));
  return parsed.success ? undefined : `${edge} answered ${status}: ${z.prettifyError(parsed.error)}`;
}
