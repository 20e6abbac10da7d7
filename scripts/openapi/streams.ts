import * as z from "zod";
import { tokenRequestSchema } from "../../lambdas/app/issue-stream-token.ts";
import { productIdSchema } from "../../lambdas/domain/actor/actor.ts";
import { idText } from "../../lambdas/domain/actor/id-text.ts";
import { invalid, sentence, unauthorized } from "./answers.ts";
import type { Operation, Parameter } from "./operation.ts";
import { pageAnswers, preflight, readable, who } from "./pages.ts";

const issued = z.strictObject({
  token: z.string().min(1),
  expires_at: z.iso.datetime(),
  url: z
    .string()
    .startsWith("http")
    .meta({ description: "With session and token: what `new EventSource(url)` takes." }),
});

const server = { url: "https://abc123.lambda-url.eu-central-1.on.aws", says: "The stack's output `StreamUrl`." };

const product: Parameter = {
  in: "path",
  name: "product_id",
  says: "The product's id.",
  schema: productIdSchema,
  required: true,
  example: "acme",
};

const query = (name: string, says: string, example: string): Parameter => ({
  in: "query",
  name,
  says,
  schema: idText,
  required: false,
  example,
});

/** What lets a page listen to its own session; deployed where a deployment reserves executions for it. */
export const streams: readonly Operation[] = [
  {
    method: "POST",
    path: "/sessions/token",
    id: "openSession",
    summary: "Give a page the token with which it listens to its session",
    says: "Good for ten minutes, and for this session alone. Where users are proved, the session must be this user's.",
    security: [],
    parameters: [],
    body: {
      says: `From a page of one of the product's \`allowed_origins\`. ${who}`,
      schema: tokenRequestSchema,
      examples: { page: { product_id: "acme", session_id: "s-1" } },
    },
    answers: {
      ...readable({
        200: {
          says: "The token, and where to listen with it.",
          body: issued,
          example: {
            token: "1767226200..q2Jd…",
            expires_at: "2026-01-01T00:10:00.000Z",
            url: `${server.url}/stream/acme?session=s-1&token=1767226200..q2Jd…`,
          },
        },
      }),
      ...pageAnswers({ path: "session_id", reason: "must be text" }),
    },
  },
  preflight("/sessions/token", "mayOpenSession"),
  {
    method: "GET",
    path: "/stream/{product_id}",
    id: "listen",
    server,
    summary: "Listen to a session, or to a whole product",
    says:
      "Server-Sent Events. With a session and its token: `usertour_trigger`, `offer` and `state`, each with an `id`, and a comment " +
      "after 20 s of silence. With the product's operator key and no session: the `actions` and `summary` payloads of all of its " +
      "sessions, each with an `id`, and a `heartbeat` after 20 s of silence. Ends after about a minute, for the client to come back.",
    security: ["streamTokenInQuery", "streamToken", "productKey"],
    parameters: [
      product,
      query("session", "The session's id; none with an operator key.", "s-1"),
      query("listener", "With an operator key: tells clients apart that name no last event.", "crm"),
      query(
        "last_event_id",
        "The last event that was seen, where a page cannot send `Last-Event-ID`.",
        "1767225600000-3",
      ),
    ],
    answers: readable({
      200: {
        says: "The stream.",
        contentType: "text/event-stream",
        body: z.string(),
        example:
          'id: 1767225600000-4\nevent: usertour_trigger\ndata: {"type":"usertour_trigger","product_id":"acme","flow_id":"tour-export","session_id":"s-1"}\n\n',
      },
      400: invalid("session", "must be text"),
      401: {
        ...unauthorized,
        says: "Not this session's token, not any more, not the product's operator key, or no such product: nobody is told which.",
      },
      404: sentence("Any other path of this address.", "not found"),
    }),
  },
  { ...preflight("/stream/{product_id}", "mayListen"), server, parameters: [product] },
];
