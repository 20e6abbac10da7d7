import {
  type AcceptSourceWebhookPorts,
  acceptSourceWebhook,
  type SourceWebhookAnswer,
} from "../app/accept-source-webhook.ts";
import { type HttpAnswer, invalid, jsonAnswer, notJson, unauthorized, unavailable } from "./http-answer.ts";
import { type HttpEvent, lowerCaseHeaders, rawBody } from "./http-edge.ts";

/** `POST /webhook/{product_id}` */
export async function sourceWebhookEndpoint(ports: AcceptSourceWebhookPorts, event: HttpEvent): Promise<HttpAnswer> {
  const headers = lowerCaseHeaders(event);
  const answer = await acceptSourceWebhook(ports, {
    productId: event.pathParameters?.product_id ?? "",
    contentType: headers["content-type"],
    posthogProof: headers["x-posthog-secret"],
    authorization: headers.authorization,
    body: rawBody(event),
  });
  return toHttp(answer);
}

function toHttp(answer: SourceWebhookAnswer): HttpAnswer {
  switch (answer.kind) {
    case "accepted": {
      const { accepted, dropped, refused } = answer;
      return jsonAnswer(202, { accepted, dropped, refused });
    }
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
