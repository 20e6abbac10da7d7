import type { Refused, UserRequest } from "../app/admit-user-request.ts";
import { type ContextAnswer, type ReadUserContextPorts, readUserContext } from "../app/read-user-context.ts";
import { type ReplyAnswer, type ReplyToUserPorts, replyToUser } from "../app/reply-to-user.ts";
import { type ResetAnswer, type ResetUserPorts, resetUser } from "../app/reset-user.ts";
import { type HttpAnswer, invalid, jsonAnswer, unauthorized, unavailable } from "./http-answer.ts";
import { type HttpEvent, lowerCaseHeaders } from "./http-edge.ts";

/** What a user did is nobody else's: no answer is kept on the way, one of an error neither. */
export const privateHeaders = { "cache-control": "no-store" } as const;

type ReadContextPorts = ReadUserContextPorts & ReplyToUserPorts & ResetUserPorts;

/** By route. */
const answering: ReadonlyMap<string, (ports: ReadContextPorts, request: UserRequest) => Promise<HttpAnswer>> = new Map([
  ["GET /context/{product_id}/{user_id}", async (...asked) => contextAnswer(await readUserContext(...asked))],
  ["GET /reply/{product_id}/{user_id}", async (...asked) => replyAnswer(await replyToUser(...asked))],
  ["POST /admin/reset/{product_id}/{user_id}", async (...asked) => resetAnswer(await resetUser(...asked))],
]);

/**
 * What other chatbots, and operators, ask of one user, for the holder of the product's operator key.
 *
 * @throws Error for a route that the API does not have.
 */
export async function readContextEndpoint(ports: ReadContextPorts, event: HttpEvent): Promise<HttpAnswer> {
  const answer = answering.get(event.routeKey);
  if (!answer) throw new Error(`Nothing answers ${event.routeKey}`);
  return answer(ports, {
    productId: event.pathParameters?.product_id ?? "",
    authorization: lowerCaseHeaders(event).authorization,
    userId: decoded(event.pathParameters?.user_id ?? ""),
    // `?query=` asks for nothing, as no query does.
    query: event.queryStringParameters?.query || undefined,
  });
}

/**
 * API Gateway decodes a path before it looks for the route, so an id with a slash, a question mark or a percent sign
 * comes percent-encoded twice; to any other id the second decoding does nothing.
 *
 * @returns undefined for a percent sign that encodes nothing
 */
function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

function contextAnswer(answer: ContextAnswer): HttpAnswer {
  switch (answer.kind) {
    case "context":
      return jsonAnswer(200, {
        product_id: answer.person.productId,
        user_id: answer.person.identity.value,
        context: answer.context,
        ...(answer.enrichedQuery === undefined ? {} : { enriched_query: answer.enrichedQuery }),
      });
    case "unknown":
      return unknown();
    case "unauthorized":
    case "invalid":
      return refused(answer);
    default:
      return answer satisfies never;
  }
}

function replyAnswer(answer: ReplyAnswer): HttpAnswer {
  switch (answer.kind) {
    case "reply":
      return jsonAnswer(200, { reply: answer.text });
    case "unknown":
      return unknown();
    case "speechless":
      return unavailable("the language model gave no answer, please ask again");
    case "unauthorized":
    case "invalid":
      return refused(answer);
    default:
      return answer satisfies never;
  }
}

function resetAnswer(answer: ResetAnswer): HttpAnswer {
  switch (answer.kind) {
    case "accepted":
      return jsonAnswer(202, { status: "accepted" });
    case "unavailable":
      return unavailable();
    case "unauthorized":
    case "invalid":
      return refused(answer);
    default:
      return answer satisfies never;
  }
}

function unknown(): HttpAnswer {
  return jsonAnswer(404, { error: "the user has no recent activity" });
}

function refused(answer: Refused): HttpAnswer {
  return answer.kind === "invalid" ? invalid(answer.problems) : unauthorized();
}
