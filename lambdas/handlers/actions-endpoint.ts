import { type AcceptActionsPorts, type ActionsAnswer, acceptActions } from "../app/accept-actions.ts";
import { type HttpAnswer, jsonAnswer, unavailable } from "./http-answer.ts";
import { type HttpEvent, lowerCaseHeaders, rawBody } from "./http-edge.ts";

/** `POST /actions/{product_id}` */
export async function actionsEndpoint(ports: AcceptActionsPorts, event: HttpEvent): Promise<HttpAnswer> {
  const headers = lowerCaseHeaders(event);
  const answer = await acceptActions(ports, {
    productId: event.pathParameters?.product_id ?? "",
    contentType: headers["content-type"],
    signature: headers["x-connector-signature"],
    body: rawBody(event),
  });
  return toHttp(answer);
}

function toHttp(answer: ActionsAnswer): HttpAnswer {
  switch (answer.kind) {
    case "accepted":
      return jsonAnswer(202, { accepted: answer.batchIds.length, batch_ids: answer.batchIds });
    case "invalid":
      return jsonAnswer(400, { error: "invalid", problems: answer.problems });
    case "unauthorized":
      return jsonAnswer(401, { error: "unauthorized" });
    case "too-large":
      return jsonAnswer(413, { error: "the body must be at most 1 MiB" });
    case "not-json":
      return jsonAnswer(415, { error: "the content type must be application/json" });
    case "unavailable":
      return unavailable();
    default:
      return answer satisfies never;
  }
}
