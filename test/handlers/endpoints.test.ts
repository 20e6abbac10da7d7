import { createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { verifyBatchSignature } from "../../lambdas/adapters/connector/batch-signature.ts";
import { intercomWebhooks } from "../../lambdas/adapters/intercom/webhooks.ts";
import { actionsEndpoint } from "../../lambdas/handlers/actions-endpoint.ts";
import { chatWebhookEndpoint } from "../../lambdas/handlers/chat-webhook-endpoint.ts";
import { handler as health } from "../../lambdas/handlers/health.ts";
import { httpEvent } from "../support/http-event.ts";
import { createMemoryMailbox } from "../support/memory/mailbox.ts";
import { createManualClock } from "../support/memory/manual-clock.ts";
import { createMemoryProducts } from "../support/memory/products.ts";
import { createMemoryTelemetry } from "../support/memory/telemetry.ts";
import { productWith } from "../support/product.ts";
import { wireBatch } from "../support/wire.ts";

function edge() {
  const clock = createManualClock();
  const mailbox = createMemoryMailbox(clock);
  const secrets = { "ingest/secret": ["ingest"], "intercom/client-secret": ["client"] };
  const ports = {
    products: createMemoryProducts(productWith({}, secrets)),
    mailbox,
    clock,
    telemetry: createMemoryTelemetry(),
  };
  return { ...ports, verifySignature: verifyBatchSignature, webhooks: intercomWebhooks };
}

const hmac = (algorithm: string, secret: string, body: Uint8Array) =>
  createHmac(algorithm, secret).update(body).digest("hex");

describe("POST /actions/{product_id}", () => {
  const post = (ports: ReturnType<typeof edge>, body: Buffer, over: Parameters<typeof httpEvent>[0] = {}) => {
    const signature = `sha256=${hmac("sha256", "ingest", body)}`;
    const headers = { "Content-Type": "application/json", "X-Connector-Signature": signature, ...over.headers };
    return actionsEndpoint(ports, httpEvent({ body, ...over, headers }));
  };
  const batch = Buffer.from(JSON.stringify(wireBatch()));

  it.each([false, true])("answers 202 with the batches' ids (base64: %s)", async (base64) => {
    const ports = edge();
    const { statusCode, body } = await post(ports, batch, { base64 });
    const ids = ports.mailbox.queued().map(({ message }) => message.id);
    expect({ statusCode, body }).toEqual({ statusCode: 202, body: JSON.stringify({ accepted: 1, batch_ids: ids }) });
    expect(ids).toHaveLength(1);
  });

  it("answers 400 with paths and reasons", async () => {
    const { statusCode, body } = await post(edge(), Buffer.from(JSON.stringify(wireBatch({ session_id: null }))));
    expect({ statusCode, body: JSON.parse(body ?? "") }).toEqual({
      statusCode: 400,
      body: { error: "invalid", problems: [{ path: "session_id", reason: "must be text" }] },
    });
  });

  it("answers 401 in the same words to a wrong signature and to an unknown product", async () => {
    const wrong = await post(edge(), batch, { headers: { "X-Connector-Signature": "sha256=00" } });
    const unknown = await post(edge(), batch, { productId: "nobody" });
    expect(wrong).toMatchObject({ statusCode: 401 });
    expect(unknown).toEqual(wrong);
  });

  it("answers 413, 415 and 503", async () => {
    expect(await post(edge(), Buffer.alloc(1_048_577, " "))).toMatchObject({ statusCode: 413 });
    expect(await post(edge(), batch, { headers: { "Content-Type": "text/csv" } })).toMatchObject({ statusCode: 415 });
    const ports = edge();
    ports.mailbox.refuse(() => true);
    expect(await post(ports, batch)).toMatchObject({ statusCode: 503, headers: { "retry-after": "5" } });
  });
});

describe("POST and HEAD /chatbot-webhook/{product_id}", () => {
  const fixture = (name: string) => readFileSync(new URL(`../fixtures/intercom/${name}`, import.meta.url));
  const post = (ports: ReturnType<typeof edge>, body: Buffer, secret = "client") =>
    chatWebhookEndpoint(
      ports,
      httpEvent({ body, headers: { "X-Hub-Signature": `sha1=${hmac("sha1", secret, body)}` } }),
    );

  it("answers 200 to a message and queues it", async () => {
    const ports = edge();
    expect(await post(ports, fixture("webhook-created.json"))).toMatchObject({ statusCode: 200 });
    expect(ports.mailbox.queued().map(({ message }) => message.type)).toContain("user-wrote");
  });

  it("answers 200 to a ping, which nobody needs", async () => {
    const ports = edge();
    expect(await post(ports, fixture("webhook-ping.json"))).toMatchObject({ statusCode: 200 });
    expect(ports.mailbox.queued()).toEqual([]);
  });

  it("answers 400, 401 and 503", async () => {
    expect(await post(edge(), Buffer.from("[]"))).toMatchObject({ statusCode: 400 });
    expect(await post(edge(), fixture("webhook-created.json"), "other")).toMatchObject({ statusCode: 401 });
    const ports = edge();
    ports.mailbox.refuse(() => true);
    expect(await post(ports, fixture("webhook-created.json"))).toMatchObject({ statusCode: 503 });
  });

  it("answers 200 without a body to the platform's check of the address", async () => {
    expect(await chatWebhookEndpoint(edge(), httpEvent({ method: "HEAD" }))).toEqual({ statusCode: 200 });
  });
});

describe("GET /healthz", () => {
  it("says ok", async () => {
    expect(await health()).toMatchObject({ statusCode: 200, body: '{"status":"ok"}' });
  });
});
