import { type AcceptChatWebhookPorts, acceptChatWebhook, type ChatWebhookAnswer } from "../app/accept-chat-webhook.ts";
import { type HttpAnswer, jsonAnswer, unauthorized, unavailable } from "./http-answer.ts";
import { type HttpEvent, lowerCaseHeaders, rawBody } from "./http-edge.ts";

/** `POST` and `HEAD /chatbot-webhook/{product_id}`; with `HEAD` the platform only asks whether the address exists. */
export async function chatWebhookEndpoint(ports: AcceptChatWebhookPorts, event: HttpEvent): Promise<HttpAnswer> {
  if (event.requestContext.http.method === "HEAD") return { statusCode: 200 };
  const answer = await acceptChatWebhook(ports, {
    productId: event.pathParameters?.product_id ?? "",
    headers: lowerCaseHeaders(event),
    body: rawBody(event),
  });
  return toHttp(answer.kind);
}

function toHttp(kind: ChatWebhookAnswer["kind"]): HttpAnswer {
  switch (kind) {
    case "accepted":
    case "ignored":
      return jsonAnswer(200, { status: kind });
    case "invalid":
      return jsonAnswer(400, { error: "invalid" });
    case "unauthorized":
      return unauthorized();
    case "unavailable":
      return unavailable();
    default:
      return kind satisfies never;
  }
}
