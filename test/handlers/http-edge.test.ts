import type { Context } from "aws-lambda";
import { describe, expect, it } from "vitest";
import { type HttpAnswer, jsonAnswer } from "../../lambdas/handlers/http-answer.ts";
import { type HttpEvent, httpEdge, lowerCaseHeaders, rawBody } from "../../lambdas/handlers/http-edge.ts";
import { httpEvent } from "../support/http-event.ts";
import { createMemoryTelemetry } from "../support/memory/telemetry.ts";

function edgeOf(endpoint: (event: HttpEvent) => Promise<HttpAnswer>, remainingMs = 10_000) {
  let flushes = 0;
  const memory = createMemoryTelemetry();
  const telemetry = {
    ...memory,
    flush: () => {
      flushes += 1;
    },
  };
  const context = { getRemainingTimeInMillis: () => remainingMs } as Context;
  const event = httpEvent({ body: Buffer.from("secret") });
  const call = (headers: Readonly<Record<string, string>> = {}) =>
    httpEdge(telemetry, endpoint, headers)(event, context);
  return { call, entries: memory.entries, flushes: () => flushes };
}

describe("the HTTP edge", () => {
  it("gives the endpoint's answer and writes the metrics", async () => {
    const { call, flushes } = edgeOf(async () => jsonAnswer(202, { accepted: 1 }));
    expect(await call()).toMatchObject({ statusCode: 202, body: '{"accepted":1}' });
    expect(flushes()).toBe(1);
  });

  it("asks the sender to come again when something fails, and logs no body", async () => {
    const { call, entries, flushes } = edgeOf(() => Promise.reject(new Error("SSM is away")));
    expect(await call()).toMatchObject({ statusCode: 503, headers: { "retry-after": "5" } });
    expect(entries()).toMatchObject([{ level: "error", event: "edge.failed", fields: {} }]);
    expect(flushes()).toBe(1);
  });

  it("writes its own headers on every answer, on those to trouble too", async () => {
    const own = { "access-control-allow-origin": "*" };
    const sound = edgeOf(async () => jsonAnswer(202, {}));
    const broken = edgeOf(() => Promise.reject(new Error("SSM is away")));
    expect(await sound.call(own)).toMatchObject({ headers: { ...own, "content-type": "application/json" } });
    expect(await broken.call(own)).toMatchObject({ statusCode: 503, headers: { ...own, "retry-after": "5" } });
  });

  it("answers before Lambda runs out of time", async () => {
    const { call } = edgeOf(() => new Promise(() => {}), 1_000);
    expect(await call()).toMatchObject({ statusCode: 503, headers: { "retry-after": "5" } });
  });
});

describe("an event of API Gateway", () => {
  const bytes = Buffer.from('{"name":"Zo\u00eb 😀"}');

  it.each([true, false])("gives the exact bytes back, base64 or not (%s)", (base64) => {
    expect(Buffer.from(rawBody(httpEvent({ body: bytes, base64 })))).toEqual(bytes);
  });

  it("may have no body, and headers in any case", () => {
    expect(rawBody(httpEvent({})).byteLength).toBe(0);
    expect(lowerCaseHeaders(httpEvent({ headers: { "Content-TYPE": "a" } }))).toEqual({ "content-type": "a" });
  });
});
