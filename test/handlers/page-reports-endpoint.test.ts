import { describe, expect, it } from "vitest";
import { verifyUserHash } from "../../lambdas/adapters/intercom/user-hash.ts";
import { pageReportsEndpoint } from "../../lambdas/handlers/page-reports-endpoint.ts";
import { httpEvent } from "../support/http-event.ts";
import { createMemoryMailbox } from "../support/memory/mailbox.ts";
import { createManualClock } from "../support/memory/manual-clock.ts";
import { createMemoryProducts } from "../support/memory/products.ts";
import { createMemoryTelemetry } from "../support/memory/telemetry.ts";
import { productWith } from "../support/product.ts";

const origin = "https://app.example.com";
const claim = { product_id: "acme", session_id: "s1", conversation_id: "c1" };

function edge(document: object = {}) {
  const clock = createManualClock();
  const ports = {
    products: createMemoryProducts(productWith({ allowed_origins: [origin], ...document })),
    mailbox: createMemoryMailbox(clock),
    clock,
    telemetry: createMemoryTelemetry(),
    verifyUser: verifyUserHash,
  };
  const post = (body: unknown, headers: Readonly<Record<string, string>> = {}, route = "/sessions/link") =>
    pageReportsEndpoint(
      ports,
      httpEvent({
        route,
        body: Buffer.from(JSON.stringify(body)),
        headers: { Origin: origin, "Content-Type": "application/json", ...headers },
      }),
    );
  return { ...ports, post };
}

describe("OPTIONS", () => {
  it.each(["/sessions/link", "/tours/progress"])("of %s lets any page ask, for a day", async (route) => {
    const ports = edge();
    const headers = { Origin: "https://anyone.example.org", "Access-Control-Request-Method": "POST" };
    expect(await pageReportsEndpoint(ports, httpEvent({ method: "OPTIONS", route, headers }))).toEqual({
      statusCode: 204,
      headers: {
        "access-control-allow-methods": "POST",
        "access-control-allow-headers": "content-type",
        "access-control-max-age": "86400",
      },
    });
  });
});

describe("POST /sessions/link", () => {
  it("answers 202", async () => {
    const ports = edge();
    expect(await ports.post(claim)).toMatchObject({ statusCode: 202, body: '{"status":"accepted"}' });
    expect(ports.mailbox.queued()).toMatchObject([{ message: { type: "claim" } }]);
  });

  it("answers 400 with paths and reasons", async () => {
    const { statusCode, body } = await edge().post({ ...claim, conversation_id: "" });
    expect({ statusCode, body: JSON.parse(body ?? "") }).toEqual({
      statusCode: 400,
      body: { error: "invalid", problems: [{ path: "conversation_id", reason: "must not be empty" }] },
    });
  });

  it("answers 403 in the same words to a foreign page and for an unknown product", async () => {
    const foreign = await edge().post(claim, { Origin: "https://evil.example.com" });
    expect(foreign).toMatchObject({ statusCode: 403 });
    expect(await edge().post({ ...claim, product_id: "nobody" })).toEqual(foreign);
  });

  it("answers 401, 413, 415 and 503", async () => {
    expect(await edge({ identity_verification: true }).post(claim)).toMatchObject({ statusCode: 401 });
    expect(await edge().post({ ...claim, padding: " ".repeat(8_192) })).toMatchObject({ statusCode: 413 });
    expect(await edge().post(claim, { "Content-Type": "text/plain" })).toMatchObject({ statusCode: 415 });
    const ports = edge();
    ports.mailbox.refuse(() => true);
    expect(await ports.post(claim)).toMatchObject({ statusCode: 503, headers: { "retry-after": "5" } });
  });
});

describe("POST /tours/progress", () => {
  const progress = { product_id: "acme", session_id: "s1", progress: "step", step: 2 };

  it("answers 202", async () => {
    const ports = edge();
    expect(await ports.post(progress, {}, "/tours/progress")).toMatchObject({ statusCode: 202 });
    expect(ports.mailbox.queued()).toMatchObject([{ message: { type: "tour-progress", progress: "step", step: 2 } }]);
  });

  it("answers as the other does to what it refuses", async () => {
    const post = (body: object, headers = {}) => edge().post(body, headers, "/tours/progress");
    const foreign = await post(progress, { Origin: "https://evil.example.com" });
    expect(foreign).toMatchObject({ statusCode: 403 });
    expect(await post({ ...progress, product_id: "nobody" })).toEqual(foreign);
    const { statusCode, body } = await post({ ...progress, progress: "paused" });
    expect({ statusCode, body: JSON.parse(body ?? "") }).toEqual({
      statusCode: 400,
      body: {
        error: "invalid",
        problems: [{ path: "progress", reason: "must be one of started, step, completed, dismissed, reaction" }],
      },
    });
  });
});

it("a route that the API does not have is trouble on our side", async () => {
  await expect(edge().post(claim, {}, "/sessions/unlink")).rejects.toThrow("POST /sessions/unlink");
});
