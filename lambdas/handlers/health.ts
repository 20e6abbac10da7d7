import { type HttpAnswer, jsonAnswer } from "./http-answer.ts";

/** `GET /healthz`: the edge is up. It asks nothing of the rest, so that a slow queue does not look like a dead edge. */
export async function handler(): Promise<HttpAnswer> {
  return jsonAnswer(200, { status: "ok" });
}
