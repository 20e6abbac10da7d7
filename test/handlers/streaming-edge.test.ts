import type { Writable } from "node:stream";
import type { Context } from "aws-lambda";
import { describe, expect, it } from "vitest";
import { jsonAnswer } from "../../lambdas/handlers/http-answer.ts";
import type { HttpEvent } from "../../lambdas/handlers/http-edge.ts";
import type { StreamCall, StreamedAnswer } from "../../lambdas/handlers/stream-endpoint.ts";
import { streamingEdge } from "../../lambdas/handlers/streaming-edge.ts";
import {
  createResponseStream,
  offerResponseStreaming,
  preludeEnd,
} from "../../local/lambda-runtime/response-stream.ts";
import { httpEvent } from "../support/http-event.ts";
import { createMemoryTelemetry } from "../support/memory/telemetry.ts";

offerResponseStreaming();

const own = { "access-control-allow-origin": "*", "cache-control": "no-store" };

/** One invocation of a function whose answer may go on. */
function invocation(endpoint: (event: HttpEvent, call: StreamCall) => Promise<StreamedAnswer>, remainingMs = 60_000) {
  let flushes = 0;
  let written = Buffer.alloc(0);
  const watchers = new Set<() => void>();
  const memory = createMemoryTelemetry();
  const telemetry = {
    ...memory,
    flush: () => {
      flushes += 1;
    },
  };
  const stream = createResponseStream((bytes) => {
    written = Buffer.concat([written, bytes]);
    for (const look of watchers) look();
  });
  const invoke = streamingEdge(telemetry, endpoint, own) as unknown as (
    event: HttpEvent,
    stream: Writable,
    context: Context,
  ) => Promise<void>;
  const body = () => written.toString("utf8", written.indexOf(preludeEnd) + preludeEnd.length);
  return {
    stream,
    run: () => invoke(httpEvent({ method: "GET" }), stream, { getRemainingTimeInMillis: () => remainingMs } as Context),
    entries: memory.entries,
    flushes: () => flushes,
    /** Status and headers, as they left before the body. */
    prelude: () => JSON.parse(written.toString("utf8", 0, written.indexOf(preludeEnd))),
    body,
    /** Resolves when so much of the body has left. */
    untilWritten: (text: string) =>
      new Promise<void>((resolve) => {
        const look = () => void (body().includes(text) && resolve());
        watchers.add(look);
        look();
      }),
  };
}

const streamed = (chunks: AsyncIterable<string>): StreamedAnswer => ({
  headers: { "content-type": "text/event-stream" },
  chunks,
});

describe("the streaming edge", () => {
  it("gives a whole answer as it is, with its own headers, and writes the metrics", async () => {
    const { run, prelude, body, flushes, stream } = invocation(async () => jsonAnswer(401, { error: "unauthorized" }));
    await run();
    expect(prelude()).toEqual({ statusCode: 401, headers: { "content-type": "application/json", ...own } });
    expect(body()).toBe('{"error":"unauthorized"}');
    expect([stream.writableFinished, flushes()]).toEqual([true, 1]);
  });

  it("gives an answer that has no body", async () => {
    const { run, prelude, body } = invocation(async () => ({ statusCode: 204, headers: { allow: "GET" } }));
    await run();
    expect([prelude().statusCode, body()]).toEqual([204, ""]);
  });

  it("hands on what comes as it comes, and writes the metrics when it is over", async () => {
    const second = Promise.withResolvers<string>();
    const { run, prelude, body, untilWritten, flushes } = invocation(async () =>
      streamed(
        (async function* () {
          yield "one ";
          yield await second.promise;
        })(),
      ),
    );
    const over = run();
    await untilWritten("one ");
    expect(prelude()).toEqual({ statusCode: 200, headers: { "content-type": "text/event-stream", ...own } });
    expect(flushes()).toBe(0);

    second.resolve("two");
    await over;
    expect([body(), flushes()]).toEqual(["one two", 1]);
  });

  it("asks the page to come again when something fails before the first word, and logs nothing of the request", async () => {
    const { run, prelude, entries, flushes } = invocation(() => Promise.reject(new Error("SSM is away")));
    await run();
    expect(prelude()).toMatchObject({ statusCode: 503, headers: { "retry-after": "5", ...own } });
    expect(entries()).toMatchObject([{ level: "error", event: "edge.failed", fields: {} }]);
    expect(flushes()).toBe(1);
  });

  it("breaks a stream off that fails later: a page must not take it for one that has ended", async () => {
    const { run, stream, entries, flushes } = invocation(async () =>
      streamed(
        (async function* () {
          yield "one";
          throw new Error("the store is away");
        })(),
      ),
    );
    await run();
    expect([stream.destroyed, stream.writableFinished]).toEqual([true, false]);
    expect(entries().map(({ event }) => event)).toEqual(["edge.failed"]);
    expect(flushes()).toBe(1);
  });

  it("tells the endpoint when the page has gone, and takes that for no trouble", async () => {
    let gone: AbortSignal | undefined;
    let ended = false;
    const { run, stream, untilWritten, entries, flushes } = invocation(async (_, call) => {
      gone = call.gone;
      const left = new Promise<void>((resolve) => call.gone.addEventListener("abort", () => resolve()));
      return streamed(
        (async function* () {
          try {
            yield "one";
            await left;
          } finally {
            ended = true;
          }
        })(),
      );
    });
    const over = run();
    await untilWritten("one");
    expect(gone?.aborted).toBe(false);

    stream.destroy();
    await over;

    expect([gone?.aborted, ended, flushes()]).toEqual([true, true, 1]);
    expect(entries()).toEqual([]);
  });

  it("gives the endpoint less time than Lambda gives the function", async () => {
    let given = 0;
    const { run } = invocation(async (_, { remainingMs }) => {
      given = remainingMs;
      return jsonAnswer(404, {});
    }, 60_000);
    await run();
    expect(given).toBe(57_000);
  });
});
