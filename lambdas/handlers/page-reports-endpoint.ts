import { acceptLink } from "../app/accept-link.ts";
import type { PageAnswer, PageReportPorts } from "../app/accept-page-report.ts";
import { acceptTourProgress } from "../app/accept-tour-progress.ts";
import { type HttpAnswer, jsonAnswer, unavailable } from "./http-answer.ts";
import type { HttpEvent } from "./http-edge.ts";
import { pagePost, preflight, refusal } from "./page-edge.ts";

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
  if (event.requestContext.http.method === "OPTIONS") return preflight("POST", "content-type");
  const accept = accepting.get(event.routeKey);
  if (!accept) throw new Error(`Nothing accepts ${event.routeKey}`);
  return toHttp(await accept(ports, pagePost(event)));
}

function toHttp(answer: PageAnswer): HttpAnswer {
  switch (answer.kind) {
    case "accepted":
      return jsonAnswer(202, { status: "accepted" });
    case "unavailable":
      return unavailable();
    default:
      return refusal(answer);
  }
}
