import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { beforeEach, describe, expect, it } from "vitest";
import { decodeCaptureBody } from "../../lambdas/adapters/posthog/capture-body.ts";
import {
  type AcceptBrowserEventsPorts,
  acceptBrowserEvents,
  type BrowserEvents,
} from "../../lambdas/app/accept-browser-events.ts";
import { createMemoryMailbox, type MemoryMailbox } from "../support/memory/mailbox.ts";
import { createManualClock } from "../support/memory/manual-clock.ts";
import { createMemoryProducts } from "../support/memory/products.ts";
import { createMemoryTelemetry, type MemoryTelemetry } from "../support/memory/telemetry.ts";
import { productWith } from "../support/product.ts";

const now = Date.parse("2026-04-14T17:31:20Z");
const origin = "https://app.example.com";
const projectKey = "acme.k3y-of-pages";
const settings = { allowed_origins: [origin], sources: { project_key: projectKey } };

let ports: AcceptBrowserEventsPorts;
let mailbox: MemoryMailbox;
let telemetry: MemoryTelemetry;

function listen(document: object = settings): void {
  const clock = createManualClock(now);
  mailbox = createMemoryMailbox(clock);
  telemetry = createMemoryTelemetry();
  ports = {
    products: createMemoryProducts(productWith({ ...document }, {})),
    mailbox,
    clock,
    telemetry,
    decodeBody: decodeCaptureBody,
  };
}

beforeEach(() => listen());

const event = (over: object = {}) => ({
  event: "$pageview",
  uuid: "019d8d00-f3a1-7c55-9a10-6b2d3e4f5a6b",
  timestamp: new Date(now - 2_000).toISOString(),
  $set: { email: "jane@example.com" },
  properties: {
    token: projectKey,
    $session_id: "s-1",
    distinct_id: "u-1",
    $user_id: "u-1",
    $is_identified: true,
    $current_url: `${origin}/reports`,
  },
  ...over,
});

const batch = (events: readonly object[] = [event()], over: object = {}) => ({
  api_key: projectKey,
  batch: events,
  sent_at: new Date(now).toISOString(),
  ...over,
});

function post(body: unknown, over: Partial<BrowserEvents> = {}): BrowserEvents {
  const bytes = body instanceof Uint8Array ? body : Buffer.from(JSON.stringify(body));
  return { origin, contentType: "application/json", body: bytes, ...over };
}

describe("events of a page", () => {
  const json = (value: unknown) => Buffer.from(JSON.stringify(value));
  const plussed = json(batch([event()], { said: "~~~~~~~~" }));
  const form = (bytes: Buffer) => Buffer.from(`data=${encodeURIComponent(bytes.toString("base64"))}`);
  it.each([
    ["a batch", json(batch()), "application/json"],
    ["a batch whose events hold the key", json(batch([event()], { api_key: undefined })), "application/json"],
    ["a list, as older releases send", json([event()]), "application/json"],
    ["one event", json(event()), "application/json"],
    ["compressed", gzipSync(json(batch())), "text/plain"],
    ["a beacon's form", form(json(batch())), "application/x-www-form-urlencoded"],
    ["a form in which a plus is a plus", Buffer.from(`data=${plussed.toString("base64")}`), undefined],
    ["a compressed form without its type", form(gzipSync(json(batch()))), undefined],
  ])("are taken as %s", async (_, body, contentType) => {
    expect(await acceptBrowserEvents(ports, post(body, { contentType }))).toEqual({ kind: "accepted" });
    expect(mailbox.queued()).toMatchObject([
      {
        actor: { sessionId: "s-1" },
        message: {
          userId: "u-1",
          actions: [{ description: "Opened the Reports page", timestamp_start: now / 1_000 - 2 }],
        },
      },
    ]);
  });

  it("may hold a plus in their base64", () => {
    expect(plussed.toString("base64")).toContain("+");
  });

  it("happened when they did, though the browser's clock is an hour ahead", async () => {
    const ahead = 3_600_000;
    const body = batch([event({ timestamp: new Date(now + ahead - 5_000).toISOString() })], {
      sent_at: new Date(now + ahead).toISOString(),
    });
    await acceptBrowserEvents(ports, post(body));
    expect(mailbox.queued()).toMatchObject([{ message: { actions: [{ timestamp_start: now / 1_000 - 5 }] } }]);
  });

  it("are the same messages when the library sends them again with others", async () => {
    const other = event({ uuid: "019d8d00-f3a1-7c55-9a10-000000000000" });
    await acceptBrowserEvents(ports, post(batch()));
    await acceptBrowserEvents(ports, post(batch([other, event()], { sent_at: new Date(now + 60_000).toISOString() })));
    expect(mailbox.queued()).toHaveLength(2);
  });

  it("that say nothing are done with, too", async () => {
    expect(await acceptBrowserEvents(ports, post(batch([])))).toEqual({ kind: "accepted" });
    expect(mailbox.queued()).toEqual([]);
  });

  it("that the queue takes do not wait for one that it does not, and all are asked for again", async () => {
    mailbox.refuse(({ message }) => message.type === "actions" && message.actions[0]?.title === "Billing");
    const opened = (page: string, agoMs: number) =>
      event({
        uuid: page,
        timestamp: new Date(now - agoMs).toISOString(),
        properties: { $session_id: "s-1", $current_url: `${origin}/${page}` },
      });
    const events = [opened("reports", 3), opened("billing", 2), opened("team", 1)];
    expect(await acceptBrowserEvents(ports, post(batch(events)))).toEqual({ kind: "unavailable" });
    mailbox.refuse(() => false);
    expect(await acceptBrowserEvents(ports, post(batch(events)))).toEqual({ kind: "accepted" });
    const titles = mailbox.queued().map(({ message }) => message.type === "actions" && message.actions[0]?.title);
    expect(titles).toEqual(["Reports", "Team", "Billing"]);
  });

  it("are asked for again when the queue does not take them", async () => {
    mailbox.refuse(() => true);
    expect(await acceptBrowserEvents(ports, post(batch()))).toEqual({ kind: "unavailable" });
  });
});

describe("what PostHog's library 1.430.0 sent of a page with a form", () => {
  const sent = readFileSync(new URL("../fixtures/sources/wire/posthog-js-1.430.0.json", import.meta.url));

  it("is told in sentences, and nothing that stood in the form", async () => {
    expect(await acceptBrowserEvents(ports, post(sent))).toEqual({ kind: "accepted" });
    const actions = mailbox.queued().flatMap(({ message }) => (message.type === "actions" ? message.actions : []));
    expect(actions.map(({ description }) => description)).toEqual([
      "Clicked the Export CSV button on a Reports page",
      "Clicked the Projects link on a Reports page",
      "Filled in the E-mail field on a Reports page",
      "Filled in the password field on a Reports page",
      "Filled in the about field on a Reports page",
      "Chose from the country list on a Reports page",
      "Did “report exported” on a Reports page",
    ]);
    expect(new Set(actions.map(({ raw_url }) => raw_url))).toEqual(
      new Set(["http://localhost:8123/reports/4711?tab=sales&token=***"]),
    );
    expect(JSON.stringify(actions)).not.toMatch(/jane|hunter2|secret|Germany/);
  });
});

describe("what a page says of its user", () => {
  it("is believed without an e-mail address", async () => {
    await acceptBrowserEvents(ports, post(batch()));
    expect(mailbox.queued()[0]?.message).toMatchObject({ userId: "u-1" });
    expect(JSON.stringify(mailbox.queued())).not.toContain("jane@example.com");
  });

  it("is not believed where the product wants its users proved", async () => {
    listen({ ...settings, identity_verification: true });
    await acceptBrowserEvents(ports, post(batch()));
    expect(mailbox.queued()).toHaveLength(1);
    expect(mailbox.queued()[0]?.message).not.toHaveProperty("userId");
  });
});

describe("which pages are heard", () => {
  const withKey = (key: string) => batch([event({ properties: {} })], { api_key: key });

  it.each([
    ["with another key", withKey("acme.another-key"), origin],
    ["with the key of a product that nobody knows", withKey("nobody.k3y-of-pages"), origin],
    ["with what is no key", withKey("mallory@example.com"), origin],
    ["without a key", { batch: [] }, origin],
    ["of another origin", batch(), "https://evil.example.com"],
  ])("does not include one %s", async (_, body, from) => {
    expect(await acceptBrowserEvents(ports, post(body, { origin: from }))).toEqual({ kind: "unauthorized" });
    expect(mailbox.queued()).toEqual([]);
    expect(JSON.stringify(telemetry.entries())).not.toContain("mallory");
  });

  it("is none where the product has no project key", async () => {
    listen({ allowed_origins: [origin] });
    expect(await acceptBrowserEvents(ports, post(batch()))).toEqual({ kind: "unauthorized" });
  });

  it("may as well be no page: a server sends no origin", async () => {
    expect(await acceptBrowserEvents(ports, post(batch(), { origin: undefined }))).toEqual({ kind: "accepted" });
  });
});

describe("a body that is none", () => {
  it.each([
    ["not JSON", Buffer.from("{")],
    ["no event", Buffer.from("{}")],
    ["gzip that is cut off", gzipSync(Buffer.from(JSON.stringify(batch()))).subarray(0, 30)],
    ["a form without data", Buffer.from("data=%%%")],
    ["more events than one body may hold", Buffer.from(JSON.stringify(Array(1_001).fill({ event: "x" })))],
  ])("is invalid: %s", async (_, body) => {
    expect(await acceptBrowserEvents(ports, post(body))).toEqual({ kind: "invalid" });
  });

  it("is mangled where it is gzip that was taken for text on its way", async () => {
    const body = Buffer.from(gzipSync(JSON.stringify(batch())).toString("utf8"));
    expect(await acceptBrowserEvents(ports, post(body, { contentType: "text/plain" }))).toEqual({ kind: "mangled" });
  });

  it("is too large at a mebibyte, or when it would unfold to more than four", async () => {
    expect(await acceptBrowserEvents(ports, post(Buffer.alloc(1_048_577)))).toEqual({ kind: "too-large" });
    expect(await acceptBrowserEvents(ports, post(gzipSync(Buffer.alloc(64 * 1_048_576))))).toEqual({
      kind: "too-large",
    });
  });
});
