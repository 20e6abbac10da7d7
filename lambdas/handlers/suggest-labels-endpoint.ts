import { type LabelsAnswer, type SuggestLabelsPorts, suggestLabels } from "../app/suggest-labels.ts";
import { type HttpAnswer, invalid, jsonAnswer, unauthorized } from "./http-answer.ts";
import { type HttpEvent, lowerCaseHeaders, rawBody } from "./http-edge.ts";

/** `POST /intercom/proactive/{product_id}`, for the holder of the product's operator key. */
export async function suggestLabelsEndpoint(ports: SuggestLabelsPorts, event: HttpEvent): Promise<HttpAnswer> {
  const answer = await suggestLabels(ports, {
    productId: event.pathParameters?.product_id ?? "",
    authorization: lowerCaseHeaders(event).authorization,
    body: rawBody(event),
  });
  return toHttp(answer);
}

function toHttp(answer: LabelsAnswer): HttpAnswer {
  switch (answer.kind) {
    case "labels":
      // The reference calls them prompts.
      return jsonAnswer(200, { prompts: answer.labels });
    case "invalid":
      return invalid(answer.problems);
    case "unauthorized":
      return unauthorized();
    case "too-large":
      return jsonAnswer(413, { error: "the body must be at most 8 KB" });
    default:
      return answer satisfies never;
  }
}
