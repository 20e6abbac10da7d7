import { type HttpAnswer, jsonAnswer } from "./http-answer.ts";

/** Answers nobody. */
export async function handler(): Promise<HttpAnswer> {
  return jsonAnswer(503, { error: "not served yet" });
}
