import { createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import { beforeEach, describe, expect, it } from "vitest";
import { verifyBearer } from "../../lambdas/adapters/operator/bearer.ts";
import { verifyWebhookProof } from "../../lambdas/adapters/posthog/webhook-proof.ts";
import {
  type AcceptSourceWebhookPorts,
  acceptSourceWebhook,
  type SourceWebhook,
} from "../../lambdas/app/accept-source-webhook.ts";
import { createMemoryMailbox, type MemoryMailbox } from "../support/memory/mailbox.ts";
import { createManualClock } from "../support/memory/manual-clock.ts";
import { createMemoryProducts } from "../support/memory/products.ts";
import { createMemoryTelemetry, type MemoryTelemetry } from "../support/memory/telemetry.ts";
import { productWith } from "../support/product.ts";

const wire = (name: string): Buffer => readFileSync(new URL(`../fixtures/sources/wire/${name}.json`, import.meta.url));

let ports: AcceptSourceWebhookPorts;
let mailbox: MemoryMailbox;
let telemetry: MemoryTelemetry;
let looked: string[];

beforeEach(() => {
  const clock = createManualClock(Date.parse("2026-04-14T17:31:20Z"));
  mailbox = createMemoryMailbox(clock);
  telemetry = createMemoryTelemetry();
  looked = [];
  const secrets = { "sources/posthog-secret": ["hog", "older"], "sources/fullstory-token": ["story"] };
  ports = {
    products: createMemoryProducts(productWith({ sources: { mask_deny: ["CSV"] } }, secrets), {
      ...productWith({}, {}),
      productId: "unset",
    }),
    mailbox,
    clock,
    telemetry,
    verifyPosthog: (...given) => {
      looked.push("posthog");
      return verifyWebhookProof(...given);
    },
    verifyFullstory: (...given) => {
      looked.push("fullstory");
      return verifyBearer(...given);
    },
  };
});

function webhook(body: unknown, over: Partial<SourceWebhook> = {}): SourceWebhook {
  return {
    productId: "acme",
    contentType: "application/json",
    posthogProof: "hog",
    authorization: undefined,
    body: body instanceof Uint8Array ? body : Buffer.from(JSON.stringify(body)),
    ...over,
  };
}

const told = () =>
  mailbox.queued().map(({ message }) => (message.type === "actions" ? message.actions[0]?.description : message.type));

describe("a webhook of PostHog's", () => {
  it.each(["posthog-flat-click", "posthog-default-template", "posthog-batch"])(
    "in the shape of %s becomes a message to its session",
    async (name) => {
      expect(await acceptSourceWebhook(ports, webhook(wire(name)))).toEqual({
        kind: "accepted",
        accepted: 1,
        dropped: 0,
        refused: 0,
      });
      expect(told()).toEqual(["Clicked the Export *** button on the Reports page"]);
      expect(mailbox.queued()[0]).toMatchObject({
        actor: { kind: "session", productId: "acme", sessionId: "019d8d00-e203-7294-b506-e4fa032cd5c3" },
        message: { userId: "user-462718483" },
      });
      expect(telemetry.counted("events.accepted", "acme")).toBe(1);
    },
  );

  it("may prove itself by a signature over its bytes, and by the older secret while it is rotated", async () => {
    const body = wire("posthog-flat-click");
    const signature = (secret: string) => `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`;
    for (const posthogProof of [signature("hog"), signature("older"), "older"]) {
      expect(await acceptSourceWebhook(ports, webhook(body, { posthogProof }))).toMatchObject({ kind: "accepted" });
    }
    const tampered = webhook(Buffer.concat([body, Buffer.from(" ")]), { posthogProof: signature("hog") });
    expect(await acceptSourceWebhook(ports, tampered)).toEqual({ kind: "unauthorized" });
  });

  it("that comes again, alone or in other company, is applied once", async () => {
    const event = (uuid: string) => ({
      event: "$pageview",
      uuid,
      distinct_id: "u-1",
      properties: { $session_id: "s-1", $current_url: "https://a.example/reports" },
    });
    await acceptSourceWebhook(ports, webhook({ batch: [event("a"), event("b")] }));
    await acceptSourceWebhook(ports, webhook(event("b")));
    await acceptSourceWebhook(ports, webhook([event("b"), event("c"), event("a")]));
    expect(mailbox.queued()).toHaveLength(3);
  });

  it("says how many of its events count, say nothing, or are nobody's", async () => {
    const events = [{ event: "x", distinct_id: "u" }, { event: "$identify", distinct_id: "u" }, { event: "x" }, 7];
    expect(await acceptSourceWebhook(ports, webhook(events))).toEqual({
      kind: "accepted",
      accepted: 1,
      dropped: 1,
      refused: 2,
    });
    expect(telemetry.counted("events.refused", "acme")).toBe(2);
  });

  it.each([
    ["{", "is not valid JSON"],
    ["{}", "has none of the shapes of posthog"],
    [JSON.stringify(Array(1_001).fill({ event: "x" })), "must hold at most 1000 events"],
  ])("that says %.20s gets the reason", async (text, reason) => {
    expect(await acceptSourceWebhook(ports, webhook(Buffer.from(text)))).toEqual({
      kind: "invalid",
      problems: [{ path: "body", reason }],
    });
  });

  it("is at most 1 MiB of JSON", async () => {
    expect(await acceptSourceWebhook(ports, webhook(Buffer.alloc(1_048_577)))).toEqual({ kind: "too-large" });
    expect(await acceptSourceWebhook(ports, webhook({}, { contentType: "text/plain" }))).toEqual({ kind: "not-json" });
  });

  it("that the queue does not take is sent again", async () => {
    mailbox.refuse(() => true);
    expect(await acceptSourceWebhook(ports, webhook(wire("posthog-batch")))).toEqual({ kind: "unavailable" });
  });
});

describe("a stream of FullStory's", () => {
  const stream = { posthogProof: undefined, authorization: "Bearer story" };

  it("is a click in the session that its API names", async () => {
    const answer = await acceptSourceWebhook(ports, webhook(wire("fullstory-stream-click"), stream));
    expect(answer).toMatchObject({ kind: "accepted", accepted: 1 });
    expect(told()).toEqual(["Clicked the Export *** button on the Reports page"]);
    expect(mailbox.queued()[0]?.actor).toMatchObject({ sessionId: "3350978756809951428:8226444501427639735" });
  });

  it("is read as FullStory's, not as PostHog's", async () => {
    expect(await acceptSourceWebhook(ports, webhook(wire("posthog-batch"), stream))).toMatchObject({ kind: "invalid" });
  });
});

describe("who may send", () => {
  it.each([
    ["without a proof", { posthogProof: undefined }],
    ["with another's secret", { posthogProof: "story", authorization: "Bearer hog" }],
    ["to a product that nobody knows", { productId: "mallory@example.com" }],
    ["to a product without secrets", { productId: "unset" }],
  ])("is not told why a webhook %s is refused", async (_, over) => {
    expect(await acceptSourceWebhook(ports, webhook(wire("posthog-batch"), over))).toEqual({ kind: "unauthorized" });
    expect(mailbox.queued()).toEqual([]);
    expect(looked).toEqual(["posthog", "fullstory"]);
    expect(JSON.stringify(telemetry.entries())).not.toContain("mallory");
  });
});
