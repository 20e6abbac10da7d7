import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { verifyBearer } from "../../lambdas/adapters/operator/bearer.ts";
import { verifyWebhookProof } from "../../lambdas/adapters/posthog/webhook-proof.ts";
import { sourceWebhookEndpoint } from "../../lambdas/handlers/source-webhook-endpoint.ts";
import { httpEvent } from "../support/http-event.ts";
import { createMemoryMailbox } from "../support/memory/mailbox.ts";
import { createManualClock } from "../support/memory/manual-clock.ts";
import { createMemoryProducts } from "../support/memory/products.ts";
import { createMemoryTelemetry } from "../support/memory/telemetry.ts";
import { productWith } from "../support/product.ts";

const click = readFileSync(new URL("../fixtures/sources/wire/posthog-flat-click.json", import.meta.url));

function edge() {
  const clock = createManualClock();
  const secrets = { "sources/posthog-secret": ["hog"], "sources/fullstory-token": ["story"] };
  return {
    products: createMemoryProducts(productWith({}, secrets)),
    mailbox: createMemoryMailbox(clock),
    clock,
    telemetry: createMemoryTelemetry(),
    verifyPosthog: verifyWebhookProof,
    verifyFullstory: verifyBearer,
  };
}

const post = (ports: ReturnType<typeof edge>, body: Uint8Array, over: Parameters<typeof httpEvent>[0] = {}) => {
  const headers = { "Content-Type": "application/json", "X-PostHog-Secret": "hog", ...over.headers };
  return sourceWebhookEndpoint(ports, httpEvent({ route: "/webhook/{product_id}", body, ...over, headers }));
};

describe("POST /webhook/{product_id}", () => {
  it("answers 202 with what became of the events", async () => {
    const ports = edge();
    expect(await post(ports, click)).toMatchObject({ statusCode: 202, body: '{"accepted":1,"dropped":0,"refused":0}' });
    expect(ports.mailbox.queued()).toHaveLength(1);
  });

  it("answers 401 in the same words to a wrong secret and to an unknown product", async () => {
    const wrong = await post(edge(), click, { headers: { "X-PostHog-Secret": "hug" } });
    expect(wrong).toMatchObject({ statusCode: 401 });
    expect(await post(edge(), click, { productId: "nobody" })).toEqual(wrong);
  });

  it("takes FullStory's Bearer token", async () => {
    const stream = readFileSync(new URL("../fixtures/sources/wire/fullstory-stream-click.json", import.meta.url));
    const headers = { "X-PostHog-Secret": "", Authorization: "Bearer story" };
    expect(await post(edge(), stream, { headers })).toMatchObject({ statusCode: 202 });
  });

  it("answers 400, 413, 415 and 503", async () => {
    expect(await post(edge(), Buffer.from("{}"))).toMatchObject({ statusCode: 400 });
    expect(await post(edge(), Buffer.alloc(1_048_577, " "))).toMatchObject({ statusCode: 413 });
    expect(await post(edge(), click, { headers: { "Content-Type": "text/csv" } })).toMatchObject({ statusCode: 415 });
    const ports = edge();
    ports.mailbox.refuse(() => true);
    expect(await post(ports, click)).toMatchObject({ statusCode: 503, headers: { "retry-after": "5" } });
  });
});
