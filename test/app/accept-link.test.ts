import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { verifyUserHash } from "../../lambdas/adapters/intercom/user-hash.ts";
import { acceptLink } from "../../lambdas/app/accept-link.ts";
import type { PagePost } from "../../lambdas/app/admit-page.ts";
import { createMemoryMailbox } from "../support/memory/mailbox.ts";
import { createManualClock } from "../support/memory/manual-clock.ts";
import { createMemoryProducts } from "../support/memory/products.ts";
import { createMemoryTelemetry } from "../support/memory/telemetry.ts";
import { productWith } from "../support/product.ts";

const origin = "https://app.example.com";
const claim = { product_id: "acme", session_id: "s1", conversation_id: "c1" };
const secrets = ["new secret", "old secret"];
const hashOf = (userId: string, secret = "new secret") => createHmac("sha256", secret).update(userId).digest("hex");

/** `acme` lets pages of one origin speak; `document` is laid over its configuration. */
function edge(document: object = {}) {
  const clock = createManualClock();
  const product = productWith({ allowed_origins: [origin], ...document }, { "intercom/identity-secret": secrets });
  const ports = {
    products: createMemoryProducts(product),
    mailbox: createMemoryMailbox(clock),
    clock,
    telemetry: createMemoryTelemetry(),
    verifyUser: verifyUserHash,
  };
  const post = (body: unknown, more: Partial<PagePost> = {}) =>
    acceptLink(ports, {
      origin,
      contentType: "application/json",
      body: Buffer.from(typeof body === "string" ? body : JSON.stringify(body)),
      ...more,
    });
  return { ...ports, post };
}

describe("a page of the product", () => {
  it("is heard: its session gets the claim", async () => {
    const { post, mailbox, telemetry } = edge();
    expect(await post(claim)).toEqual({ kind: "accepted" });
    expect(mailbox.queued()).toMatchObject([
      {
        actor: { kind: "session", productId: "acme", sessionId: "s1" },
        message: { type: "claim", conversationId: "c1" },
      },
    ]);
    expect(telemetry.counted("claims.accepted", "acme")).toBe(1);
  });

  it("that says it at each load sends one message", async () => {
    const { post, mailbox } = edge();
    await post(claim);
    await post(claim);
    expect(mailbox.queued()).toHaveLength(1);
  });

  it("may send 8 KB and not a byte more", async () => {
    const { post } = edge();
    const padding = " ".repeat(8_192 - JSON.stringify(claim).length);
    expect(await post(JSON.stringify(claim) + padding)).toEqual({ kind: "accepted" });
    expect(await post(`${JSON.stringify(claim)}${padding} `)).toEqual({ kind: "too-large" });
  });

  it("is told what is wrong with a body, and where", async () => {
    const { post } = edge();
    expect(await post("{")).toEqual({ kind: "invalid", problems: [{ path: "body", reason: "is not valid JSON" }] });
    expect(await post({ ...claim, session_id: "" })).toEqual({
      kind: "invalid",
      problems: [{ path: "session_id", reason: "must not be empty" }],
    });
    expect(await post(claim, { contentType: "text/plain" })).toEqual({ kind: "not-json" });
  });

  it("is asked to come again when the queue refuses", async () => {
    const { post, mailbox } = edge();
    mailbox.refuse(() => true);
    expect(await post(claim)).toEqual({ kind: "unavailable" });
  });
});

describe("any other page", () => {
  it.each([
    "https://evil.example.com",
    "http://app.example.com",
    "https://app.example.com:8443",
    "https://app.example.com.evil.com",
    "null",
    undefined,
  ])("is not heard: %s", async (other) => {
    const { post, mailbox } = edge();
    expect(await post(claim, { origin: other })).toEqual({ kind: "forbidden" });
    expect(mailbox.queued()).toEqual([]);
  });

  it("is not heard where no origin is configured", async () => {
    expect(await edge({ allowed_origins: [] }).post(claim)).toEqual({ kind: "forbidden" });
  });

  it("learns nothing of which products there are, and leaves no trace of what it guessed in the log", async () => {
    const { post, telemetry } = edge();
    expect(await post({ ...claim, product_id: "guessed" })).toEqual({ kind: "forbidden" });
    expect(JSON.stringify(telemetry.entries())).not.toContain("guessed");
  });
});

describe("where users must be proved", () => {
  const strict = { identity_verification: true };
  const vouched = (mailbox: ReturnType<typeof edge>["mailbox"]) =>
    mailbox.queued().map(({ message }) => (message.type === "claim" ? message.vouchedUserId : message));

  it.each(secrets)("a user whose hash is right by the %s is vouched for", async (secret) => {
    const { post, mailbox } = edge(strict);
    expect(await post({ ...claim, user_id: "jane", user_hash: hashOf("jane", secret) })).toEqual({ kind: "accepted" });
    expect(vouched(mailbox)).toEqual(["jane"]);
  });

  it.each([
    ["no user", {}],
    ["no hash", { user_id: "jane" }],
    ["no user with the hash", { user_hash: hashOf("jane") }],
    ["another user's hash", { user_id: "jane", user_hash: hashOf("joe") }],
    ["a hash by an unknown secret", { user_id: "jane", user_hash: hashOf("jane", "guessed") }],
  ])("%s is not heard", async (_, user) => {
    const { post, mailbox, telemetry } = edge(strict);
    expect(await post({ ...claim, ...user })).toEqual({ kind: "unauthorized" });
    expect(mailbox.queued()).toEqual([]);
    expect(JSON.stringify(telemetry.entries())).not.toContain("jane");
  });

  it("the origin comes first: a stranger does not learn that a hash is asked for", async () => {
    expect(await edge(strict).post(claim, { origin: "https://evil.example.com" })).toEqual({ kind: "forbidden" });
  });
});

describe("where users need not be proved", () => {
  it("what a page says of its user is not taken for the truth", async () => {
    const { post, mailbox } = edge();
    await post({ ...claim, user_id: "jane", user_hash: hashOf("jane") });
    expect(mailbox.queued()).toHaveLength(1);
    expect(JSON.stringify(mailbox.queued())).not.toContain("jane");
  });
});
