import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeCaptureBody } from "../../lambdas/adapters/posthog/capture-body.ts";
import { browserEventsEndpoint } from "../../lambdas/handlers/browser-events-endpoint.ts";
import { httpEvent } from "../support/http-event.ts";
import { createMemoryMailbox } from "../support/memory/mailbox.ts";
import { createManualClock } from "../support/memory/manual-clock.ts";
import { createMemoryProducts } from "../support/memory/products.ts";
import { createMemoryTelemetry } from "../support/memory/telemetry.ts";
import { productWith } from "../support/product.ts";

const projectKey = "acme.k3y-of-pages";
const json = { "Content-Type": "application/json" };

function edge() {
  const clock = createManualClock();
  return {
    products: createMemoryProducts(productWith({ sources: { project_key: projectKey } }, {})),
    mailbox: createMemoryMailbox(clock),
    clock,
    telemetry: createMemoryTelemetry(),
    decodeBody: decodeCaptureBody,
  };
}

const batch = (over: object = {}) => ({
  api_key: projectKey,
  batch: [{ event: "$pageview", uuid: "u", properties: { $session_id: "s", $current_url: "https://a.example/" } }],
  ...over,
});

const post = (ports: ReturnType<typeof edge>, body: object, over: Parameters<typeof httpEvent>[0] = {}) =>
  browserEventsEndpoint(
    ports,
    httpEvent({ route: "/i/v0/{rest+}", headers: json, body: Buffer.from(JSON.stringify(body)), ...over }),
  );

/** `GET /array/{project_key}/{document}` */
const get = (key: string, document: string) => {
  const event = httpEvent({ method: "GET", route: "/array/{project_key}/{document}" });
  return browserEventsEndpoint(edge(), { ...event, pathParameters: { project_key: key, document } });
};

describe("POST of events", () => {
  it("answers as the library expects, once they are queued", async () => {
    const ports = edge();
    expect(await post(ports, batch())).toMatchObject({ statusCode: 200, body: '{"status":1}' });
    expect(ports.mailbox.queued()).toHaveLength(1);
  });

  it("answers 401 in the same words to another key and to an unknown product", async () => {
    const wrong = await post(edge(), batch({ api_key: "acme.another-key" }));
    expect(wrong).toMatchObject({ statusCode: 401 });
    expect(await post(edge(), batch({ api_key: "nobody.another-key" }))).toEqual(wrong);
  });

  it("answers 202, at which the library sends again, to gzip that API Gateway handed over as text", async () => {
    const body = gzipSync(JSON.stringify(batch()));
    expect(await post(edge(), {}, { body, headers: { "Content-Type": "text/plain" } })).toMatchObject({
      statusCode: 202,
    });
    expect(await post(edge(), {}, { body, base64: true })).toMatchObject({ statusCode: 200 });
  });

  it("answers 400, 413 and 503", async () => {
    expect(await post(edge(), {})).toMatchObject({ statusCode: 400 });
    const bomb = gzipSync(Buffer.alloc(8 * 1_048_576));
    expect(await post(edge(), {}, { body: bomb, base64: true })).toMatchObject({ statusCode: 413 });
    const ports = edge();
    ports.mailbox.refuse(() => true);
    expect(await post(ports, batch())).toMatchObject({ statusCode: 503 });
  });
});

describe("whatever a browser sends", () => {
  const value = fc.anything({ maxDepth: 3, values: [fc.string({ unit: "binary" }), fc.double(), fc.constant(null)] });
  const event = fc.record(
    {
      event: fc.oneof(fc.constantFrom("$autocapture", "$pageview", "$exception"), value),
      uuid: value,
      timestamp: value,
      offset: value,
      distinct_id: value,
      elements_chain: fc.oneof(fc.string({ unit: "binary" }), value),
      properties: fc.oneof(
        value,
        fc.dictionary(fc.constantFrom("$session_id", "$current_url", "$elements", "$el_text", "token"), value),
      ),
    },
    { requiredKeys: [] },
  );
  const text = (body: unknown): string => JSON.stringify(body) ?? "";
  const body = fc.oneof(
    fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
    value.map((one) => Buffer.from(text(one))),
    fc.array(event, { maxLength: 4 }).map((events) => Buffer.from(text(batch({ batch: events })))),
    fc.array(event, { maxLength: 4 }).map((events) => gzipSync(text(batch({ batch: events })))),
    fc.string({ unit: "binary" }).map((form) => Buffer.from(`data=${form}`)),
  );

  it.each([
    ['{"batch":[', "]}"],
    ['{"properties":', "}"],
    ["[", "]"],
  ])("may be nested as deep as a body can be: %s", async (opening, closing) => {
    const depth = Math.floor(1_000_000 / (opening.length + closing.length));
    const nested = Buffer.from(`${opening.repeat(depth)}1${closing.repeat(depth)}`);
    const { statusCode } = await post(edge(), {}, { body: nested });
    expect([400, 401]).toContain(statusCode);
  });

  it("is no trouble of ours, and nothing of it is thrown", async () => {
    await fc.assert(
      fc.asyncProperty(body, fc.boolean(), async (bytes, base64) => {
        const { statusCode } = await post(edge(), {}, { body: bytes, base64 });
        expect([200, 202, 400, 401, 413]).toContain(statusCode);
      }),
      { numRuns: 500 },
    );
  });
});

describe("OPTIONS", () => {
  it("lets any page send JSON", async () => {
    expect(await browserEventsEndpoint(edge(), httpEvent({ method: "OPTIONS" }))).toMatchObject({
      statusCode: 204,
      headers: { "access-control-allow-headers": "content-type, content-encoding" },
    });
  });
});

describe("what the library reads at its start", () => {
  it("is a configuration that asks for no more and sends no compressed events", async () => {
    const { statusCode, body = "" } = await get(projectKey, "config");
    expect(statusCode).toBe(200);
    expect(JSON.parse(body)).toMatchObject({
      supportedCompression: [],
      hasFeatureFlags: false,
      sessionRecording: false,
      surveys: false,
      analytics: { endpoint: "/i/v0/e/" },
    });
  });

  it("is the same as a script, in which no key ends the script", async () => {
    const script = await get("</script><script>alert(1)//", "config.js");
    expect(script).toMatchObject({
      statusCode: 200,
      headers: { "content-type": "application/javascript; charset=utf-8", "x-content-type-options": "nosniff" },
    });
    expect(script.body).not.toContain("<");
    const window: Record<string, Record<string, unknown>> = {};
    new Function("window", String((await get(projectKey, "config.js")).body))(window);
    const { body = "" } = await get(projectKey, "config");
    expect(window._POSTHOG_REMOTE_CONFIG?.[projectKey]).toEqual({ config: JSON.parse(body), siteApps: [] });
  });

  it("is nothing else", async () => {
    expect(await get(projectKey, "recorder.js")).toMatchObject({ statusCode: 404 });
  });

  it.each(["/flags/", "/flags", "/decide/"])("has no feature flags at %s", async (path) => {
    const answer = await browserEventsEndpoint(edge(), { ...httpEvent({}), rawPath: path });
    expect(answer.statusCode).toBe(200);
    expect(JSON.parse(answer.body ?? "")).toMatchObject({ featureFlags: {}, errorsWhileComputingFlags: false });
  });
});
