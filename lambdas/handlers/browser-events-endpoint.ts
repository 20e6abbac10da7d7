import {
  type AcceptBrowserEventsPorts,
  acceptBrowserEvents,
  type BrowserEventsAnswer,
} from "../app/accept-browser-events.ts";
import { decideDocument, flagsDocument, remoteConfig, remoteConfigScript } from "./browser-library.ts";
import { type HttpAnswer, jsonAnswer, unavailable } from "./http-answer.ts";
import { type HttpEvent, lowerCaseHeaders, rawBody } from "./http-edge.ts";
import { preflight } from "./page-edge.ts";

/** With what a proxy's configuration of the library may add. */
const HEADERS = "content-type, content-encoding";

/**
 * What PostHog's library asks of its host: it sends events (`/i/v0/e/`, `/e/`, `/batch/`), and reads its configuration
 * and its feature flags, of which there are none.
 */
export async function browserEventsEndpoint(ports: AcceptBrowserEventsPorts, event: HttpEvent): Promise<HttpAnswer> {
  const { method } = event.requestContext.http;
  if (method === "OPTIONS") return preflight("GET, POST", HEADERS);
  if (method === "GET") return documentOf(event);
  if (event.rawPath.startsWith("/flags")) return jsonAnswer(200, flagsDocument);
  if (event.rawPath.startsWith("/decide")) return jsonAnswer(200, decideDocument);
  const headers = lowerCaseHeaders(event);
  const answer = await acceptBrowserEvents(ports, {
    origin: headers.origin,
    contentType: headers["content-type"],
    body: rawBody(event),
  });
  return toHttp(answer);
}

/** `GET /array/{project_key}/config` and `config.js`: the same for every key, so that it tells of none. */
function documentOf({ pathParameters = {} }: HttpEvent): HttpAnswer {
  switch (pathParameters.document) {
    case "config":
      return jsonAnswer(200, remoteConfig);
    case "config.js":
      return {
        statusCode: 200,
        headers: { "content-type": "application/javascript; charset=utf-8", "x-content-type-options": "nosniff" },
        body: remoteConfigScript(pathParameters.project_key ?? ""),
      };
    default:
      return jsonAnswer(404, { error: "not found" });
  }
}

/**
 * The library reads the status alone: 200 is done, 4xx is given up, and everything else is sent again a few seconds
 * later, uncompressed once the library has read its configuration.
 */
function toHttp(answer: BrowserEventsAnswer): HttpAnswer {
  switch (answer.kind) {
    case "accepted":
      return jsonAnswer(200, { status: 1 });
    case "invalid":
      return jsonAnswer(400, { status: 0, error: "no events can be read" });
    case "mangled":
      return jsonAnswer(202, { status: 0, error: "API Gateway spoils gzip; set disable_compression: true" });
    case "unauthorized":
      return jsonAnswer(401, { status: 0, error: "unauthorized" });
    case "too-large":
      return jsonAnswer(413, { status: 0, error: "the body must be at most 1 MiB, and 4 MiB when it is decompressed" });
    case "unavailable":
      return unavailable();
    default:
      return answer satisfies never;
  }
}
