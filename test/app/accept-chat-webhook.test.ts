import { beforeEach, describe, expect, it } from "vitest";
import { type AcceptChatWebhookPorts, acceptChatWebhook } from "../../lambdas/app/accept-chat-webhook.ts";
import type { Contact } from "../../lambdas/app/ports.ts";
import type { ChatMessage } from "../../lambdas/app/webhook-ports.ts";
import { createMemoryMailbox, type MemoryMailbox } from "../support/memory/mailbox.ts";
import { createManualClock } from "../support/memory/manual-clock.ts";
import { createMemoryProducts } from "../support/memory/products.ts";
import { createMemoryTelemetry } from "../support/memory/telemetry.ts";
import { productWith } from "../support/product.ts";

const acceptedAt = 1_764_000_100_000;
let ports: AcceptChatWebhookPorts;
let mailbox: MemoryMailbox;
let parsed: ChatMessage | "ignored" | "invalid";

const wrote = (contact: Contact): ChatMessage => ({
  id: "notif_1",
  conversationId: "c-1",
  contact,
  wroteAt: 1_764_000_099_000,
  text: "Hello",
});

beforeEach(() => {
  const clock = createManualClock(acceptedAt);
  mailbox = createMemoryMailbox(clock);
  parsed = wrote({ externalId: "u" });
  ports = {
    products: createMemoryProducts(productWith({}, { "intercom/client-secret": ["client"] })),
    webhooks: {
      verify: (_, headers, secrets) => headers.signature !== undefined && secrets.includes(headers.signature),
      parse: () => parsed,
    },
    mailbox,
    clock,
    telemetry: createMemoryTelemetry(),
  };
});

const accept = (over: { readonly body?: string; readonly signature?: string; readonly productId?: string } = {}) => {
  const { body = "{}", signature = "client", productId = "acme" } = over;
  return acceptChatWebhook(ports, { productId, headers: { signature }, body: Buffer.from(body) });
};
const told = () => mailbox.queued().map(({ actor }) => actor.kind === "person" && actor.identity);

describe("a signed webhook", () => {
  it("tells the person who wrote what they wrote in", async () => {
    expect(await accept()).toEqual({ kind: "accepted" });
    expect(mailbox.queued()).toEqual([
      {
        actor: { kind: "person", productId: "acme", identity: { by: "external", value: "u" } },
        message: {
          type: "user-wrote",
          id: "notif_1",
          acceptedAt,
          conversationId: "c-1",
          wroteAt: 1_764_000_099_000,
          text: "Hello",
        },
      },
    ]);
  });

  it("tells them by the vouched e-mail, too, for a session that knows no more", async () => {
    parsed = wrote({ contactId: "k", email: "Ann@Example.com" });
    await accept();
    expect(told()).toEqual([
      { by: "contact", value: "k" },
      { by: "email", value: "ann@example.com" },
    ]);
  });

  it("that comes twice is told once", async () => {
    await accept();
    await accept();
    expect(told()).toHaveLength(1);
  });

  it.each(["ignored", "invalid"] as const)("that the platform's reader finds %s is told to nobody", async (found) => {
    parsed = found;
    expect(await accept()).toEqual({ kind: found });
    expect(told()).toEqual([]);
  });

  it("is ignored when it does not say who wrote", async () => {
    parsed = wrote({});
    expect(await accept()).toEqual({ kind: "ignored" });
  });

  it("is invalid when it is no JSON", async () => {
    expect(await accept({ body: "{" })).toEqual({ kind: "invalid" });
  });

  it("comes again when not all of it is queued", async () => {
    parsed = wrote({ externalId: "u", email: "a@b.c" });
    mailbox.refuse(({ actor }) => actor.kind === "person" && actor.identity.by === "email");
    expect(await accept()).toEqual({ kind: "unavailable" });
    mailbox.refuse(() => false);
    expect(await accept()).toEqual({ kind: "accepted" });
    expect(told()).toHaveLength(2);
  });
});

describe("an unsigned webhook", () => {
  it.each([{ signature: "wrong" }, { productId: "nobody" }, { signature: "wrong", body: "{" }])(
    "is refused before it is read: %j",
    async (over) => {
      expect(await accept(over)).toEqual({ kind: "unauthorized" });
      expect(told()).toEqual([]);
    },
  );
});
