import { type AcceptActionsPorts, type ActionsAnswer, acceptActions } from "../app/accept-actions.ts";
import { type HttpAnswer, invalid, jsonAnswer, notJson, unauthorized, unavailable } from "./http-answer.ts";
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
      return invalid(answer.problems);
    case "unauthorized":
      return unauthorized();
    case "too-large":
      return jsonAnswer(413, { error: "the body must be at most 1 MiB" });
    case "not-json":
      return notJson();
    case "unavailable":
      return unavailable();
    default:
      return answer satisfies never;
  }
}
