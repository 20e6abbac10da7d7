import { type IssueTokenPorts, issueStreamToken, type TokenAnswer } from "../app/issue-stream-token.ts";
import { type HttpAnswer, jsonAnswer } from "./http-answer.ts";
import type { HttpEvent } from "./http-edge.ts";
import { pagePost, preflight, refusal } from "./page-edge.ts";

/**
 * `POST` and `OPTIONS` of `/sessions/token`.
 *
 * @param streamUrl where streams are served; ends with a slash.
 */
export async function streamTokenEndpoint(
  ports: IssueTokenPorts,
  streamUrl: string,
  event: HttpEvent,
): Promise<HttpAnswer> {
  if (event.requestContext.http.method === "OPTIONS") return preflight("POST", "content-type");
  return toHttp(await issueStreamToken(ports, pagePost(event)), streamUrl);
}

function toHttp(answer: TokenAnswer, streamUrl: string): HttpAnswer {
  if (answer.kind !== "issued") return refusal(answer);
  const { token, expiresAt, session } = answer;
  const query = new URLSearchParams({ session: session.sessionId, token });
  return jsonAnswer(200, {
    token,
    expires_at: new Date(expiresAt).toISOString(),
    url: `${streamUrl}stream/${session.productId}?${query}`,
  });
}
