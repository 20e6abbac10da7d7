import { encodeEntry, retryAfter } from "../adapters/http/server-sent-events.ts";
import { type OpenStreamPorts, openStream } from "../app/open-stream.ts";
import type { StreamEntry } from "../app/stream-ports.ts";
import { idText } from "../domain/actor/id-text.ts";
import { type HttpAnswer, invalid, jsonAnswer, unauthorized } from "./http-answer.ts";
import { type HttpEvent, lowerCaseHeaders } from "./http-edge.ts";
import { preflight } from "./page-edge.ts";

/** How long a browser waits before it comes back to a stream that has ended. */
const RETRY_MS = 1_000;

/** A whole answer, or one that goes on. */
export type StreamedAnswer =
  | HttpAnswer
  | { readonly headers: Record<string, string>; readonly chunks: AsyncIterable<string> };

export type StreamCall = {
  /** How long the function may go on. */
  readonly remainingMs: number;
  /** Aborted when the page has gone. */
  readonly gone: AbortSignal;
};

/**
 * `GET` and `OPTIONS` of `/stream/{product_id}`: Server-Sent Events of one session for the holder of its token. The token
 * comes in the query, since `EventSource` sends no headers, or as `Authorization: Bearer`. Behind it is no router: what is
 * not this path is answered 404.
 */
export async function streamEndpoint(
  ports: OpenStreamPorts,
  event: HttpEvent,
  { remainingMs, gone }: StreamCall,
): Promise<StreamedAnswer> {
  const productId = /^\/stream\/([^/]+)$/.exec(event.rawPath)?.[1];
  const { method } = event.requestContext.http;
  if (productId === undefined || (method !== "GET" && method !== "OPTIONS")) {
    return jsonAnswer(404, { error: "not found" });
  }
  if (method === "OPTIONS") return preflight("GET", "authorization, cache-control, last-event-id");
  const headers = lowerCaseHeaders(event);
  const query = new URLSearchParams(event.rawQueryString);
  const session = idText.safeParse(query.get("session") ?? undefined);
  if (!session.success) {
    return invalid(session.error.issues.slice(0, 1).map(({ message }) => ({ path: "session", reason: message })));
  }
  const bearer = /^Bearer +([\x21-\x7e]+)$/i.exec(headers.authorization ?? "")?.[1];
  const answer = await openStream(ports, {
    productId,
    sessionId: session.data,
    token: bearer ?? query.get("token") ?? "",
    lastEventId: headers["last-event-id"] || query.get("last_event_id") || undefined,
    endsAt: ports.clock.now() + remainingMs,
    gone,
  });
  switch (answer.kind) {
    case "unauthorized":
      return unauthorized();
    case "open":
      return { headers: { "content-type": "text/event-stream; charset=utf-8" }, chunks: encoded(answer.entries) };
    default:
      return answer satisfies never;
  }
}

async function* encoded(
  entries: AsyncGenerator<StreamEntry, void, undefined>,
): AsyncGenerator<string, void, undefined> {
  // At once, so that the page knows that it is heard.
  yield retryAfter(RETRY_MS);
  for await (const entry of entries) yield encodeEntry(entry);
}
