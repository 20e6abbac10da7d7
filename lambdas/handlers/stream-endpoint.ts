import * as z from "zod";
import { encodeEntry, encodeFeedEntry, retryAfter } from "../adapters/http/server-sent-events.ts";
import { type OpenProductStreamPorts, openProductStream } from "../app/open-product-stream.ts";
import { type OpenStreamPorts, openStream } from "../app/open-stream.ts";
import type { StreamEntry } from "../app/stream-ports.ts";
import type { PushedPayload } from "../domain/activity/push.ts";
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

export type StreamEndpointPorts = OpenStreamPorts & OpenProductStreamPorts;

/**
 * `GET` and `OPTIONS` of `/stream/{product_id}`: Server-Sent Events of one session for the holder of its token, or, where
 * no session is named, of the whole product for the holder of its operator key. The token comes in the query, since a
 * browser's `EventSource` sends no headers, or as `Authorization: Bearer`; the key only so. Behind it is no router: what is
 * not this path is answered 404.
 */
export async function streamEndpoint(
  ports: StreamEndpointPorts,
  event: HttpEvent,
  { remainingMs, gone }: StreamCall,
): Promise<StreamedAnswer> {
  const productId = /^\/stream\/([^/]+)$/.exec(event.rawPath)?.[1];
  const { method } = event.requestContext.http;
  if (productId === undefined || (method !== "GET" && method !== "OPTIONS")) {
    return jsonAnswer(404, { error: "not found" });
  }
  if (method === "OPTIONS") return preflight("GET", "authorization, cache-control, last-event-id");
  const { authorization, "last-event-id": lastSeen } = lowerCaseHeaders(event);
  const query = new URLSearchParams(event.rawQueryString);
  const request = {
    productId,
    lastEventId: lastSeen || query.get("last_event_id") || undefined,
    endsAt: ports.clock.now() + remainingMs,
    gone,
  };
  if (authorization !== undefined && !query.has("session")) {
    const listener = idText.or(z.literal("")).safeParse(query.get("listener") ?? "");
    if (!listener.success) return invalidAt("listener", listener.error);
    return toStream(await openProductStream(ports, { ...request, authorization, listener: listener.data }), feedChunks);
  }
  const session = idText.safeParse(query.get("session") ?? undefined);
  if (!session.success) return invalidAt("session", session.error);
  const bearer = /^Bearer +([\x21-\x7e]+)$/i.exec(authorization ?? "")?.[1];
  const token = bearer ?? query.get("token") ?? "";
  return toStream(await openStream(ports, { ...request, sessionId: session.data, token }), pageChunks);
}

function invalidAt(path: string, { issues }: z.ZodError): HttpAnswer {
  return invalid(issues.slice(0, 1).map(({ message }) => ({ path, reason: message })));
}

function toStream<Entries>(
  answer: { readonly kind: "open"; readonly entries: Entries } | { readonly kind: "unauthorized" },
  chunksOf: (entries: Entries) => AsyncIterable<string>,
): StreamedAnswer {
  switch (answer.kind) {
    case "unauthorized":
      return unauthorized();
    case "open":
      return { headers: { "content-type": "text/event-stream; charset=utf-8" }, chunks: chunksOf(answer.entries) };
    default:
      return answer satisfies never;
  }
}

async function* pageChunks(
  entries: AsyncGenerator<StreamEntry, void, undefined>,
): AsyncGenerator<string, void, undefined> {
  // At once, so that the page knows that it is heard.
  yield retryAfter(RETRY_MS);
  for await (const entry of entries) yield encodeEntry(entry);
}

async function* feedChunks(
  entries: AsyncGenerator<StreamEntry<PushedPayload>, void, undefined>,
): AsyncGenerator<string, void, undefined> {
  yield `retry: ${RETRY_MS}\n${encodeFeedEntry({ kind: "heartbeat" })}`;
  for await (const entry of entries) yield encodeFeedEntry(entry);
}
