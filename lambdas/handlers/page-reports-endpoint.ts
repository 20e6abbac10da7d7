import { acceptLink } from "../app/accept-link.ts";
import type { PageAnswer, PageReportPorts } from "../app/accept-page-report.ts";
import { acceptTourProgress } from "../app/accept-tour-progress.ts";
import { type HttpAnswer, invalid, jsonAnswer, notJson, unauthorized, unavailable } from "./http-answer.ts";
import { type HttpEvent, lowerCaseHeaders, rawBody } from "./http-edge.ts";

/**
 * Any page may ask and read the answer: which pages are heard is decided by the product, whose name a preflight does
 * not tell. No cookies are involved, so the star opens nothing that a plain request would not.
 */
export const corsHeaders = { "access-control-allow-origin": "*" } as const;

/** Browsers ask again after so long; none remembers it for more than a day. */
const PREFLIGHT_MAX_AGE_S = 86_400;

const preflight: HttpAnswer = {
  statusCode: 204,
  headers: {
    "access-control-allow-methods": "POST",
    "access-control-allow-headers": "content-type",
    "access-control-max-age": String(PREFLIGHT_MAX_AGE_S),
  },
};

/** What a page may report, by its route. */
const accepting = new Map([
  ["POST /sessions/link", acceptLink],
  ["POST /tours/progress", acceptTourProgress],
]);

/**
 * `POST` and `OPTIONS` of `/sessions/link` and `/tours/progress`.
 *
 * @throws Error for a route that the API does not have.
 */
export async function pageReportsEndpoint(ports: PageReportPorts, event: HttpEvent): Promise<HttpAnswer> {
  if (event.requestContext.http.method === "OPTIONS") return preflight;
  const accept = accepting.get(event.routeKey);
  if (!accept) throw new Error(`Nothing accepts ${event.routeKey}`);
  const headers = lowerCaseHeaders(event);
  const answer = await accept(ports, {
    origin: headers.origin,
    contentType: headers["content-type"],
    body: rawBody(event),
  });
  return toHttp(answer);
}

function toHttp(answer: PageAnswer): HttpAnswer {
  switch (answer.kind) {
    case "accepted":
      return jsonAnswer(202, { status: "accepted" });
    case "invalid":
      return invalid(answer.problems);
    case "unauthorized":
      return unauthorized();
    case "forbidden":
      return jsonAnswer(403, { error: "forbidden" });
    case "too-large":
      return jsonAnswer(413, { error: "the body must be at most 8 KB" });
    case "not-json":
      return notJson();
    case "unavailable":
      return unavailable();
    default:
      return answer satisfies never;
  }
}
