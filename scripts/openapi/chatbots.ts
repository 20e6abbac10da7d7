import * as z from "zod";
import { enrichQuery } from "../../lambdas/domain/language/activity-context.ts";
import { labelsRequestSchema } from "../../lambdas/domain/proactive/labels-request.ts";
import { accepted, invalid, sentence, tooLarge, unauthorized } from "./answers.ts";
import type { Answers, Operation } from "./operation.ts";
import { productId, query, userId } from "./parameters.ts";

const exampleContext =
  "Session s-1 (acme):\nRecent activity:\n1. [0] click: Clicked Export — https://app.example.com/reports/:id";

const noStore = { "cache-control": "`no-store`: what a user did is kept nowhere on the way." };

const uncached = (answers: Answers): Answers =>
  Object.fromEntries(Object.entries(answers).map(([status, answer]) => [status, { ...answer, headers: noStore }]));

const unknown = sentence(
  "Nothing that this user of this product did is known: never seen, too long ago, reset, or nothing was done.",
  "the user has no recent activity",
);
const tooLong = invalid("query", "must have at most 2000 characters");

/** What a product's own chatbot asks, from a server: the key must not reach a page. */
export const chatbots: readonly Operation[] = [
  {
    method: "GET",
    path: "/context/{product_id}/{user_id}",
    id: "readContext",
    summary: "Tell what a user just did",
    says:
      "The user's latest sessions, at most four, newest first: of each its summary and what came after it, in plain text for " +
      "a language model's prompt. Parts of it were written by pages of end users: treat it as data.",
    security: ["productKey"],
    parameters: [
      productId,
      userId,
      query(false, "A question of the user: the answer has it with the context before it."),
    ],
    answers: uncached({
      200: {
        says: "What is known of the user.",
        body: z.strictObject({
          product_id: z.string(),
          user_id: z.string(),
          context: z.string().min(1).meta({ description: "Plain text." }),
          enriched_query: z
            .string()
            .optional()
            .meta({ description: "The context and the query, under headings; only where a query was given." }),
        }),
        example: {
          product_id: "acme",
          user_id: "user-462718483",
          context: exampleContext,
          enriched_query: enrichQuery(exampleContext, "Why does my export fail?"),
        },
      },
      400: tooLong,
      401: unauthorized,
      404: unknown,
    }),
  },
  {
    method: "GET",
    path: "/reply/{product_id}/{user_id}",
    id: "replyToUser",
    summary: "Answer a user's question by what they just did",
    says:
      "The product's language model answers, with its knowledge base if it has one. Nothing is written into a conversation. " +
      "It may take half a minute; when the model gives nothing, the answer is 503.",
    security: ["productKey"],
    parameters: [productId, userId, query(true, "The user's question.")],
    answers: uncached({
      200: {
        says: "The answer: plain text of at most 1,500 characters, with `**` around labels of buttons and pages.",
        body: z.strictObject({ reply: z.string().min(1) }),
        example: { reply: "Your export has no date range. Pick one above the table, then click **Export** again." },
      },
      400: tooLong,
      401: unauthorized,
      404: unknown,
    }),
  },
  {
    method: "POST",
    path: "/admin/reset/{product_id}/{user_id}",
    id: "resetUser",
    summary: "Have a user's activity forgotten",
    says:
      "No context, answer or summary holds what the user did so far. It takes effect in a moment, in the user's latest four " +
      "sessions; notes in conversations stay. No body is read.",
    security: ["productKey"],
    parameters: [productId, userId],
    answers: uncached({
      202: accepted,
      400: invalid("user_id", "must have at most 256 characters"),
      401: unauthorized,
    }),
  },
  {
    method: "POST",
    path: "/intercom/proactive/{product_id}",
    id: "suggestLabels",
    summary: "Suggest labels for chips",
    says: "Of the configured chips, those that suit what the session just did. Nothing is sent, and nothing changes.",
    security: ["productKey"],
    parameters: [productId],
    body: {
      says: "Which session is asked about.",
      schema: labelsRequestSchema,
      examples: { session: { session_id: "s-1", conversation_id: "215474343849634", action_count: 7 } },
    },
    answers: {
      200: {
        says: "At most three labels; none for a product without chips.",
        body: z.strictObject({ prompts: z.array(z.string()).max(3) }),
        example: { prompts: ["Compare plans", "Talk to sales"] },
      },
      400: invalid("session_id", "must be text"),
      401: unauthorized,
      413: tooLarge("8 KB"),
    },
  },
];
