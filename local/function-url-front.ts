import { Readable } from "node:stream";
import { httpEvent } from "./http-event.ts";
import { type HttpRequest, type HttpResponse, type HttpServer, serveHttp } from "./http-server.ts";
import type { LambdaFunction } from "./lambda-runtime/lambda-function.ts";
import { preludeEnd } from "./lambda-runtime/response-stream.ts";

/** A function URL takes 6 MB at most (Lambda quotas). */
const payloadLimit = 6 * 1024 * 1024;

const everyRoute = { key: "$default", pathParameters: {} };

export type FunctionUrlFront = HttpServer & {
  /** Which function it invokes; before, nobody answers. */
  setTarget(target: LambdaFunction): void;
};

/**
 * A function URL that streams. Unlike Lambda, which lets a function run on, it tells the function when its reader has
 * gone: a page that is loaded anew ten times must not keep ten processes of this machine.
 */
export async function startFunctionUrlFront(): Promise<FunctionUrlFront> {
  let target: LambdaFunction | undefined;

  async function answer(request: HttpRequest): Promise<HttpResponse> {
    if (!target) return message(403, "Forbidden");
    if (!request.body) return message(413, "Request Entity Too Large");
    return respond(target, httpEvent({ ...request, body: request.body }, everyRoute, Date.now()));
  }

  const server = await serveHttp(answer, { bodyLimit: payloadLimit });
  return {
    ...server,
    setTarget(found) {
      target = found;
    },
  };
}

/** Resolves as soon as the function has said status and headers; the body goes on. */
function respond(target: LambdaFunction, event: object): Promise<HttpResponse> {
  const { promise, resolve } = Promise.withResolvers<HttpResponse>();
  const reader = new AbortController();
  const body = new Readable({
    read: () => undefined,
    destroy(problem, done) {
      reader.abort();
      done(problem);
    },
  });
  let before: Buffer | undefined = Buffer.alloc(0);
  const onChunk = (bytes: Buffer): void => {
    if (!before) return void body.push(bytes);
    before = Buffer.concat([before, bytes]);
    const at = before.indexOf(preludeEnd);
    if (at < 0) return;
    const { statusCode, headers } = JSON.parse(before.toString("utf8", 0, at));
    const rest = before.subarray(at + preludeEnd.length);
    before = undefined;
    if (rest.length > 0) body.push(rest);
    resolve({ status: statusCode, headers, body });
  };
  void target.invoke(event, { onChunk, gone: reader.signal }).then((result) => {
    if (result.ok && !before) body.push(null);
    else body.destroy();
    // Nobody waits for this where status and headers were said.
    const isThrottled = !result.ok && result.error.errorType === "TooManyRequestsException";
    resolve(isThrottled ? message(429, "Rate Exceeded.") : message(502, "Internal Server Error"));
  });
  return promise;
}

function message(status: number, text: string): HttpResponse {
  return { status, headers: { "content-type": "application/json" }, body: JSON.stringify({ Message: text }) };
}
