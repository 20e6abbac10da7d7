import { describe, expect, it } from "vitest";
import { verifyUserHash } from "../../lambdas/adapters/intercom/user-hash.ts";
import { acceptTourProgress } from "../../lambdas/app/accept-tour-progress.ts";
import { createMemoryMailbox } from "../support/memory/mailbox.ts";
import { createManualClock } from "../support/memory/manual-clock.ts";
import { createMemoryProducts } from "../support/memory/products.ts";
import { createMemoryTelemetry } from "../support/memory/telemetry.ts";
import { productWith } from "../support/product.ts";

const origin = "https://app.example.com";
const report = { product_id: "acme", session_id: "s1", progress: "step", flow_id: "tour-export", step: 2 };

function edge(document: object = {}) {
  const clock = createManualClock();
  const ports = {
    products: createMemoryProducts(productWith({ allowed_origins: [origin], ...document })),
    mailbox: createMemoryMailbox(clock),
    clock,
    telemetry: createMemoryTelemetry(),
    verifyUser: verifyUserHash,
  };
  const post = (body: object, from = origin) =>
    acceptTourProgress(ports, {
      origin: from,
      contentType: "application/json",
      body: Buffer.from(JSON.stringify(body)),
    });
  return { ...ports, post };
}

describe("a page's word on its tour", () => {
  it("is told to its session", async () => {
    const { post, mailbox, telemetry } = edge();
    expect(await post(report)).toEqual({ kind: "accepted" });
    expect(mailbox.queued()).toMatchObject([
      {
        actor: { kind: "session", productId: "acme", sessionId: "s1" },
        message: { type: "tour-progress", progress: "step", tourId: "tour-export", step: 2 },
      },
    ]);
    expect(telemetry.counted("tour_reports.accepted", "acme")).toBe(1);
  });

  it("is one message when it is sent again at once, and another a minute later", async () => {
    const { post, mailbox, clock } = edge();
    await post(report);
    await post(report);
    expect(mailbox.queued()).toHaveLength(1);
    clock.advance(60_000);
    await post(report);
    expect(mailbox.queued()).toHaveLength(2);
  });

  it("with an id is one message when it is sent again minutes later", async () => {
    const { post, mailbox, clock } = edge();
    await post({ ...report, id: "r1" });
    clock.advance(240_000);
    await post({ ...report, id: "r1" });
    expect(mailbox.queued()).toHaveLength(1);
  });

  it("is not heard from another origin, or for a user who is not proved", async () => {
    const { post, mailbox } = edge({ identity_verification: true });
    expect(await post(report, "https://evil.example.com")).toEqual({ kind: "forbidden" });
    expect(await post({ ...report, user_id: "jane" })).toEqual({ kind: "unauthorized" });
    expect(mailbox.queued()).toEqual([]);
  });
});
