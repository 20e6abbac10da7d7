import type { APIGatewayProxyStructuredResultV2 } from "aws-lambda";

export type HttpAnswer = APIGatewayProxyStructuredResultV2;

const RETRY_AFTER_S = 5;

export function jsonAnswer(statusCode: number, body: object): HttpAnswer {
  return { statusCode, headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
}

/** Trouble on our side: whoever sent it keeps it, and sends it again. */
export function unavailable(): HttpAnswer {
  const answer = jsonAnswer(503, { error: "not accepted, please send it again" });
  return { ...answer, headers: { ...answer.headers, "retry-after": String(RETRY_AFTER_S) } };
}
