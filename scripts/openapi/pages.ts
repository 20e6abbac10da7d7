import { linkRequestSchema } from "../../lambdas/domain/session/link-request.ts";
import { tourReportSchema } from "../../lambdas/domain/session/tour-report.ts";
import { accepted, invalid, notJson, sentence, tooLarge, unauthorized } from "./answers.ts";
import type { Answers, Operation } from "./operation.ts";

const anyOrigin = { "access-control-allow-origin": "`*`: any page may read the answer." };

export const readable = (answers: Answers): Answers =>
  Object.fromEntries(Object.entries(answers).map(([status, answer]) => [status, { ...answer, headers: anyOrigin }]));

/** What a page is told that is not heard. */
export const pageAnswers = (example: { readonly path: string; readonly reason: string }): Answers =>
  readable({
    400: invalid(example.path, example.reason),
    401: { ...unauthorized, says: "The product wants its users proved, and this one is not." },
    403: sentence("Not one of the product's origins, or no such product: nobody is told which.", "forbidden"),
    413: tooLarge("8 KB"),
    415: notJson,
  });

/** What a browser asks before a page may. */
export const preflight = (path: string, id: string): Operation => ({
  method: "OPTIONS",
  path,
  id,
  summary: "Tell a browser that a page may ask",
  says: "Any origin is told so: whose pages are heard, the product says.",
  security: [],
  parameters: [],
  answers: readable({ 204: { says: "With which method and headers." } }),
});

export const who =
  "`user_id` and `user_hash`, as for Intercom's identity verification, where the product wants its users proved.";

const report = (example: { readonly path: string; readonly reason: string }): Answers => ({
  ...readable({ 202: accepted }),
  ...pageAnswers(example),
});

/** What a product's own pages say of their sessions, from the origins that the product allows. */
export const pages: readonly Operation[] = [
  {
    method: "POST",
    path: "/sessions/link",
    id: "linkSession",
    summary: "Take a page's word for its session's conversation",
    says: "It is believed when the chat platform confirms whose conversation it is.",
    security: [],
    parameters: [],
    body: {
      says: `From a page of one of the product's \`allowed_origins\`. ${who}`,
      schema: linkRequestSchema,
      examples: { page: { product_id: "acme", session_id: "s-1", conversation_id: "215474343849634" } },
    },
    answers: report({ path: "conversation_id", reason: "must be text" }),
  },
  preflight("/sessions/link", "mayLinkSession"),
  {
    method: "POST",
    path: "/tours/progress",
    id: "reportTour",
    summary: "Take a page's word for how its tour goes on",
    says: "It restarts the time after which a silent user is taken to have left.",
    security: [],
    parameters: [],
    body: {
      says: `From a page of one of the product's \`allowed_origins\`. A report with an \`id\` is applied once. ${who}`,
      schema: tourReportSchema,
      examples: {
        step: { product_id: "acme", session_id: "s-1", progress: "step", flow_id: "tour-export", step: 2, id: "r-1" },
      },
    },
    answers: report({ path: "progress", reason: "must be one of started, step, completed, dismissed, reaction" }),
  },
  preflight("/tours/progress", "mayReportTour"),
];
