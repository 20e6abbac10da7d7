import { acceptLink } from "../app/accept-link.ts";
import type { PageAnswer, PageReportPorts } from "../app/accept-page-report.ts";
import { acceptTourProgress } from "../app/accept-tour-progress.ts";
import { type HttpAnswer, invalid, jsonAnswer, notJson, unauthorized, unavailable } from "./http-answer.ts";
import { type HttpEvent, lowerCaseHeaders, rawBody } from "./http-edge.ts";
import { preflightOf } from "./page-access.ts";

const preflight = preflightOf("POST", "content-type");

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
