import { createHmac } from "node:crypto";
import { beforeEach, describe, expect, it } from "vitest";
import { verifyBatchSignature } from "../../lambdas/adapters/connector/batch-signature.ts";
import { type AcceptActionsPorts, type ActionsRequest, acceptActions } from "../../lambdas/app/accept-actions.ts";
import type { Envelope } from "../../lambdas/domain/actor/message.ts";
import { createMemoryMailbox, type MemoryMailbox } from "../support/memory/mailbox.ts";
import { createManualClock } from "../support/memory/manual-clock.ts";
import { createMemoryProducts } from "../support/memory/products.ts";
import { createMemoryTelemetry, type MemoryTelemetry } from "../support/memory/telemetry.ts";
import { productWith } from "../support/product.ts";
import { wireAction, wireBatch } from "../support/wire.ts";

const secret = "ingest";
let ports: AcceptActionsPorts;
let mailbox: MemoryMailbox;
let telemetry: MemoryTelemetry;
let verified: (readonly string[])[];

beforeEach(() => {
  const clock = createManualClock(1_764_000_100_000);
  mailbox = createMemoryMailbox(clock);
  telemetry = createMemoryTelemetry();
  verified = [];
  ports = {
    products: createMemoryProducts(productWith({}, { "ingest/secret": [secret] }), {
      ...productWith({}, {}),
      productId: "unset",
    }),
    mailbox,
    clock,
    telemetry,
    verifySignature: (body, signature, secrets) => {
      verified.push(secrets);
      return verifyBatchSignature(body, signature, secrets);
    },
  };
});

function signed(body: unknown, over: Partial<ActionsRequest> = {}): ActionsRequest {
  const bytes = over.body ?? Buffer.from(typeof body === "string" ? body : JSON.stringify(body));
  const signature = `sha256=${createHmac("sha256", secret).update(bytes).digest("hex")}`;
  return { productId: "acme", contentType: "application/json", signature, body: bytes, ...over };
}

const queuedIds = () => mailbox.queued().map(({ message }) => message.id);

describe("a signed body", () => {
  it("is accepted once every batch is queued, and says under which ids", async () => {
    const answer = await acceptActions(ports, signed([wireBatch(), wireBatch({ session_id: "s-2" })]));
    expect(answer).toEqual({ kind: "accepted", batchIds: queuedIds() });
    expect(mailbox.queued().map(({ actor }) => actor)).toEqual([
      { kind: "session", productId: "acme", sessionId: "s-1" },
      { kind: "session", productId: "acme", sessionId: "s-2" },
    ]);
    expect(telemetry.counted("batches.accepted", "acme")).toBe(2);
  });

  it("sent twice is the same messages", async () => {
    await acceptActions(ports, signed(wireBatch()));
    await acceptActions(ports, signed(wireBatch()));
    expect(mailbox.queued()).toHaveLength(1);
  });

  it.each([
    ['{"product_id":', "is not valid JSON"],
    ["", "is not valid JSON"],
  ])("that says %j gets the reason, not the text", async (text, reason) => {
    expect(await acceptActions(ports, signed(text))).toEqual({ kind: "invalid", problems: [{ path: "body", reason }] });
  });

  it("that is no UTF-8 is invalid", async () => {
    const body = Buffer.from([0x22, 0xff, 0x22]);
    expect(await acceptActions(ports, signed("", { body }))).toEqual({
      kind: "invalid",
      problems: [{ path: "body", reason: "is not valid UTF-8" }],
    });
  });

  it("with one wrong batch queues none of them", async () => {
    const answer = await acceptActions(ports, signed([wireBatch(), wireBatch({ session_id: "" })]));
    expect(answer).toEqual({ kind: "invalid", problems: [{ path: "[1].session_id", reason: "must not be empty" }] });
    expect(mailbox.queued()).toEqual([]);
  });

  it("may have 1 MiB and not a byte more", async () => {
    const padding = " ".repeat(1_048_576 - JSON.stringify(wireBatch()).length);
    expect(await acceptActions(ports, signed(JSON.stringify(wireBatch()) + padding))).toMatchObject({
      kind: "accepted",
    });
    expect(await acceptActions(ports, signed(`${JSON.stringify(wireBatch())}${padding} `))).toEqual({
      kind: "too-large",
    });
  });

  it.each([
    ["application/json; charset=utf-8", "accepted"],
    ["Application/JSON", "accepted"],
    ["application/cloudevents+json", "accepted"],
    ["text/plain", "not-json"],
    ["application/jsonp", "not-json"],
    [undefined, "not-json"],
  ])("of the type %s is %s", async (contentType, kind) => {
    expect(await acceptActions(ports, signed(wireBatch(), { contentType }))).toMatchObject({ kind });
  });
});

describe("who may send", () => {
  it.each([
    ["without a signature", { signature: undefined }],
    ["with a wrong one", { signature: `sha256=${"0".repeat(64)}` }],
    ["to a product that nobody knows", { productId: "nobody" }],
    ["to a product without a secret", { productId: "unset" }],
  ])("is not told why a body %s is refused", async (_, over) => {
    expect(await acceptActions(ports, signed(wireBatch(), over))).toEqual({ kind: "unauthorized" });
    expect(mailbox.queued()).toEqual([]);
    expect(verified).toHaveLength(1);
  });

  it("leaves no trace of an unknown product's id in the log", async () => {
    await acceptActions(ports, signed(wireBatch(), { productId: "mallory@example.com" }));
    expect(JSON.stringify(telemetry.entries())).not.toContain("mallory");
  });
});

describe("a queue that refuses", () => {
  const isSecondOf = (sessionId: string) => {
    let seen = 0;
    return ({ actor }: Envelope) => actor.kind === "session" && actor.sessionId === sessionId && ++seen === 2;
  };

  it("makes the sender send again, which completes what is missing in order", async () => {
    const body = ["a", "b", "a", "a"].map((session_id, n) =>
      wireBatch({ session_id, actions: [wireAction({ index: n })] }),
    );
    mailbox.refuse(isSecondOf("a"));
    expect(await acceptActions(ports, signed(body))).toEqual({ kind: "unavailable" });
    expect(mailbox.queued()).toHaveLength(2);

    mailbox.refuse(() => false);
    const answer = await acceptActions(ports, signed(body));
    expect(answer).toMatchObject({ kind: "accepted", batchIds: { length: 4 } });
    const ofA = mailbox.queued().filter(({ actor }) => actor.kind === "session" && actor.sessionId === "a");
    expect(ofA.map(({ message }) => message.id.split(".")[1])).toEqual(["0", "2", "3"]);
    expect(mailbox.queued()).toHaveLength(4);
  });
});
