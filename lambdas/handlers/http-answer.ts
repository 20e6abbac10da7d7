import type { APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import type { Problem } from "../domain/activity/problem.ts";

export type HttpAnswer = APIGatewayProxyStructuredResultV2;

const RETRY_AFTER_S = 5;

export function jsonAnswer(statusCode: number, body: object): HttpAnswer {
  return { statusCode, headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
}

/** What is wrong with the body, path by path. */
export function invalid(problems: readonly Problem[]): HttpAnswer {
  return jsonAnswer(400, { error: "invalid", problems });
}

/** One answer for all that is not let in, so that it tells nobody why. */
export function unauthorized(): HttpAnswer {
  return jsonAnswer(401, { error: "unauthorized" });
}

export function notJson(): HttpAnswer {
  return jsonAnswer(415, { error: "the content type must be application/json" });
}

/** Trouble on our side: whoever sent it keeps it, and sends it again. */
export function unavailable(error = "not accepted, please send it again"): HttpAnswer {
  const answer = jsonAnswer(503, { error });
  return { ...answer, headers: { ...answer.headers, "retry-after": String(RETRY_AFTER_S) } };
}
