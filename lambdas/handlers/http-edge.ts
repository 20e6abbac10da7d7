import middy from "@middy/core";
import type { APIGatewayProxyEventV2 } from "aws-lambda";
import type { FlushableTelemetry } from "../adapters/telemetry/telemetry.ts";
import { type HttpAnswer, unavailable } from "./http-answer.ts";

export type HttpEvent = APIGatewayProxyEventV2;

/** Before Lambda would end the function, which the gateway answers with a 500 that tells nobody to come again. */
const ANSWER_BEFORE_TIMEOUT_MS = 1_000;

/** The bytes that were sent, which are what was signed: API Gateway hands over binary bodies in base64. */
export function rawBody({ body = "", isBase64Encoded }: HttpEvent): Uint8Array {
  return Buffer.from(body, isBase64Encoded ? "base64" : "utf8");
}

/** API Gateway writes names in lower case; whatever else calls the function may not. */
export function lowerCaseHeaders({ headers = {} }: HttpEvent): Readonly<Record<string, string | undefined>> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

/**
 * Wraps an endpoint: what it throws, and time running out, is trouble on our side, so the sender is asked to come again
 * and the log says why. Metrics are written in every case.
 *
 * @param headers of every answer, of those on our trouble too.
 */
export function httpEdge(
  telemetry: FlushableTelemetry,
  endpoint: (event: HttpEvent) => Promise<HttpAnswer>,
  headers: Readonly<Record<string, string>> = {},
) {
  const completed = (answer: HttpAnswer): HttpAnswer => ({ ...answer, headers: { ...answer.headers, ...headers } });
  return middy<HttpEvent, HttpAnswer>({ timeoutEarlyInMillis: ANSWER_BEFORE_TIMEOUT_MS })
    .use({
      after: () => telemetry.flush(),
      onError: (request) => {
        telemetry.error("edge.failed", {}, request.error);
        telemetry.flush();
        request.response = completed(unavailable());
      },
    })
    .handler(async (event: HttpEvent) => completed(await endpoint(event)));
}
