import { httpEvent, httpResponse, splitTarget } from "./http-event.ts";
import { createRouter, type Route } from "./http-routes.ts";
import { type HttpRequest, type HttpResponse, type HttpServer, serveHttp } from "./http-server.ts";
import type { LambdaFunction } from "./lambda-runtime/lambda-function.ts";
import type { InvocationResult } from "./lambda-runtime/messages.ts";

/** An HTTP API takes a payload of 10 MB at most, and waits 30 s for a function (API Gateway quotas). */
const payloadLimit = 10 * 1024 * 1024;
const integrationTimeoutMs = 30_000;

export type HttpFront = HttpServer & {
  /** What the API's routes are; before, every path is unknown. */
  setRoutes(routes: readonly Route<LambdaFunction>[]): void;
  /** Who else is asked, for what the API has no route for; undefined for what is not theirs either. */
  setOther(other: Other): void;
};

export type Other = (request: HttpRequest) => Promise<HttpResponse | undefined>;

/** The public side of the local cloud: an API Gateway HTTP API whose routes invoke functions. */
export async function startHttpFront(port: number): Promise<HttpFront> {
  let route = createRouter<LambdaFunction>([]);
  let other: Other = async () => undefined;

  async function answer(request: HttpRequest): Promise<HttpResponse> {
    const matched = route(request.method, splitTarget(request.target).path);
    if (!matched) return (await other(request)) ?? message(404, "Not Found");
    if (!request.body) return message(413, "Request Entity Too Large");
    const event = httpEvent({ ...request, body: request.body }, matched, Date.now());
    const result = await within(integrationTimeoutMs, matched.target.invoke(event));
    if (!result) return message(503, "Service Unavailable");
    return (result.ok ? httpResponse(result.payload) : undefined) ?? message(500, "Internal Server Error");
  }

  const server = await serveHttp(answer, { port, bodyLimit: payloadLimit });
  return {
    ...server,
    setRoutes(routes) {
      route = createRouter(routes);
    },
    setOther(asked) {
      other = asked;
    },
  };
}

function within(waitMs: number, invocation: Promise<InvocationResult>): Promise<InvocationResult | undefined> {
  let timer: NodeJS.Timeout;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, waitMs, undefined);
  });
  return Promise.race([invocation, late]).finally(() => clearTimeout(timer));
}

function message(status: number, text: string): HttpResponse {
  return { status, headers: { "content-type": "application/json" }, body: JSON.stringify({ message: text }) };
}
