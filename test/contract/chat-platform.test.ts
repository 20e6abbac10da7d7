import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createIntercomPlatform } from "../../lambdas/adapters/intercom/platform.ts";
import type { ChatPlatform, Product } from "../../lambdas/app/ports.ts";
import type { Fault } from "../../local/fake-intercom/faults.ts";
import type { FakeIntercomOptions } from "../../local/fake-intercom/options.ts";
import { type FakeIntercom, startFakeIntercom } from "../../local/fake-intercom/server.ts";
import { productWith } from "../support/product.ts";
import { type ChatAnswersHarness, describeChatAnswers } from "./suites/chat-answers.ts";
import { describeChatOffers } from "./suites/chat-offers.ts";
import { describeChatPlatform, type PlatformFault } from "./suites/chat-platform.ts";

const admins = [
  { id: "9001", name: "Throughline", email: "throughline@example.com" },
  { id: "1", name: "A colleague", email: "colleague@example.com" },
];
const lagMs = 800;

async function startAt(startedAt: number, options: FakeIntercomOptions = {}) {
  const time = { now: startedAt };
  const fake = await startFakeIntercom({ admins, now: () => time.now, skewS: 0, ...options });
  return { fake, time };
}

const faults: Readonly<Record<PlatformFault, Fault["name"]>> = {
  outage: "outage",
  limited: "rate-limit",
  unauthorized: "revoked-token",
  rejected: "reject",
  "request-lost": "drop-before",
  "answer-lost": "drop-after",
};

async function setUp(): Promise<ChatAnswersHarness> {
  const { fake, time } = await startAt(1_756_200_000_400);
  const byUs = { adminId: "9001", text: "Anything we can do for you?" };
  return {
    platform: createIntercomPlatform({ baseUrlOverride: fake.url, clock: { now: () => time.now } }),
    product: productWith(),
    now: () => time.now,
    pass(durationMs) {
      time.now += durationMs;
    },
    lagMs,
    openConversation(person) {
      const contact = fake.addContact(person);
      return fake.openConversation({ contactId: contact.id, text: "How do I create a project?" }).id;
    },
    openByAdmin: () => fake.adminOpens({ ...byUs, contactId: fake.addContact({}).id }).id,
    personWrites: (conversationId, text) => void fake.userReplies(conversationId, text),
    colleagueWrites: (conversationId, text) =>
      void fake.adminWrites(conversationId, { adminId: "1", kind: "comment", text }),
    offers: (conversationId) =>
      fake
        .parts(conversationId)
        .filter(({ author, kind }) => author.id === "9001" && kind !== "note")
        .map(({ text, options }) => ({ body: text, options })),
    isDeleted: (conversationId) => fake.deletions().some(({ conversation }) => conversation.id === conversationId),
    colleagueNotes: (conversationId, text) =>
      void fake.adminWrites(conversationId, { adminId: "1", kind: "note", text }),
    notes: (conversationId) => fake.parts(conversationId).map((part) => part.text),
    isRedacted: (conversationId, partId) =>
      fake.parts(conversationId).some(({ id, redacted }) => id === partId && redacted),
    answers: (conversationId) =>
      fake
        .parts(conversationId)
        .filter(({ author, kind }) => author.id === "9001" && kind === "comment")
        .map(({ text }) => text),
    failNext: (fault) => fake.fault({ name: faults[fault], count: 1 }),
    failNextAnswer: (fault) => fake.fault({ name: faults[fault], count: 1, operation: "comment" }),
    close: fake.close,
  };
}

describeChatPlatform("the Intercom adapter", setUp);
describeChatOffers("the Intercom adapter", setUp);
describeChatAnswers("the Intercom adapter", setUp);

describe("the Intercom adapter over the network", () => {
  const startedAt = 1_756_200_000_000;
  let fake: FakeIntercom;
  let time: { now: number };
  let platform: ChatPlatform;
  let product: Product;
  let conversationId: string;

  beforeEach(async () => {
    ({ fake, time } = await startAt(startedAt));
    platform = createIntercomPlatform({ clock: { now: () => time.now } });
    product = productWith({ intercom: { base_url: fake.url }, delivery: { call_timeout_s: 0.3 } });
    const contact = fake.addContact({ externalId: "user-1", email: "jane@example.com" });
    conversationId = fake.openConversation({ contactId: contact.id, text: "Hello" }).id;
  });
  afterEach(() => fake.close());

  const post = (text = "note") => platform.postNote(product, { conversationId, text });
  const find = (text: string, createdSince = 0) =>
    platform.findNote(product, {
      conversationId,
      fingerprint: platform.fingerprint(text),
      createdSince,
      known: new Set(),
    });
  const noteTexts = () => fake.parts(conversationId).map((part) => part.text);

  test.each([
    ["error-500", "failed", 0],
    ["outage", "failed", 0],
    ["bad-gateway", "uncertain", 1],
    ["drop-before", "uncertain", 0],
    ["drop-after", "uncertain", 1],
    ["hang-after", "uncertain", 1],
  ] as const)("%s on a note is %s and leaves %i notes", async (name, reason, written) => {
    fake.fault({ name });
    await expect(post()).rejects.toMatchObject({ name: "RetryableError", reason });
    expect(noteTexts()).toHaveLength(written);
  });

  test.each(["error-500", "bad-gateway", "drop-after", "hang-after", "malformed"] as const)(
    "%s on a read has failed, for nothing can have changed",
    async (name) => {
      fake.fault({ name });
      await expect(find("note")).rejects.toMatchObject({ name: "RetryableError", reason: "failed" });
    },
  );

  test.each([
    ["reject", "rejected"],
    ["revoked-token", "unauthorized"],
    ["forbidden", "unauthorized"],
    ["conversation-lag", "gone"],
  ] as const)("%s is terminal: %s", async (name, reason) => {
    fake.fault({ name });
    await expect(post()).rejects.toMatchObject({ name: "TerminalError", reason });
  });

  test("a new conversation that Intercom does not know yet is known later", async () => {
    fake.fault({ name: "conversation-lag", delayMs: 3_000 });
    await expect(post()).rejects.toMatchObject({ reason: "gone" });
    time.now += 3_000;
    await expect(post()).resolves.toEqual({ partId: expect.any(String) });
  });

  test("an answer that comes too late is uncertain, and its note is there", async () => {
    fake.fault({ name: "slow", delayMs: 60_000 });
    await expect(post()).rejects.toMatchObject({ reason: "uncertain" });
    expect(noteTexts()).toEqual(["note"]);
  });

  test("a note is settled by its 2xx, even when the answer cannot be read", async () => {
    fake.fault({ name: "malformed" });
    await expect(post()).resolves.toEqual({});
    expect(noteTexts()).toEqual(["note"]);
  });

  test("a rate limit tells the wait until its reset", async () => {
    fake.fault({ name: "rate-limit", delayMs: 7_000 });
    await expect(post()).rejects.toMatchObject({ reason: "limited", retryAfterMs: 7_000 });
  });

  test("a server that is not there was not reached", async () => {
    await fake.close();
    await expect(post()).rejects.toMatchObject({ name: "RetryableError", reason: "failed" });
  });

  test("a product without a token makes no request", async () => {
    product = productWith({ intercom: { base_url: fake.url } }, {});
    await expect(post()).rejects.toMatchObject({ name: "TerminalError", reason: "unauthorized" });
    expect(fake.counts()).toEqual([]);
  });

  describe("while the token is rotated", () => {
    const rotating = { "intercom/access-token": ["old-token", "new-token"] };

    test.each(["old-token", "new-token"])("either of two values works (%s)", async (valid) => {
      product = productWith({ intercom: { base_url: fake.url } }, rotating);
      fake.setTokens([valid]);
      await post();
      expect(noteTexts()).toEqual(["note"]);
    });

    test("when both are refused, both were tried once", async () => {
      product = productWith({ intercom: { base_url: fake.url } }, rotating);
      await expect(post()).rejects.toMatchObject({ reason: "unauthorized" });
      expect(fake.counts()).toEqual([{ operation: "reply", ending: 401, requests: 2 }]);
    });
  });

  describe("when Intercom's clock is not ours", () => {
    test.each([-3, 5])("a note is found by a search that allows for %i s", async (skewS) => {
      await fake.close();
      ({ fake, time } = await startAt(startedAt + 999, { skewS }));
      product = productWith({ intercom: { base_url: fake.url } });
      conversationId = fake.openConversation({ contactId: fake.addContact({}).id, text: "Hello" }).id;
      fake.fault({ name: "drop-after", count: 1 });
      const attemptedAt = time.now;
      await expect(post()).rejects.toMatchObject({ reason: "uncertain" });
      time.now += lagMs;
      await expect(find("note", attemptedAt - 3_000)).resolves.toEqual({ partId: fake.parts(conversationId)[0]?.id });
    });

    test("a note of the very second is found, though its time was cut to that second", async () => {
      time.now = startedAt + 900;
      const { partId } = await post();
      time.now += lagMs;
      await expect(find("note", startedAt + 900)).resolves.toEqual({ partId });
    });
  });

  test("a note that does not show yet is not found, and shows after the lag", async () => {
    const { partId } = await post();
    time.now += 199;
    await expect(find("note")).resolves.toBeUndefined();
    time.now += lagMs;
    await expect(find("note")).resolves.toEqual({ partId });
  });

  test("among more parts than Intercom returns, the note and its id are found in any order", async () => {
    for (let n = 0; n < 600; n += 1) {
      fake.adminWrites(conversationId, { adminId: n % 2 ? "9001" : "1", kind: "note", text: `[${n}] step` });
    }
    time.now += 1_000;
    const { partId } = await post("[599] step");
    const parts = fake.parts(conversationId);
    expect(partId).toBe(parts.at(-1)?.id);
    time.now += lagMs;
    await expect(find("[599] step")).resolves.toEqual({ partId: parts[599]?.id });
    await expect(find("[1] step")).resolves.toBeUndefined();
  });

  test("the oldest is told by its time, not by its id", async () => {
    const part = { adminId: "9001", kind: "note", text: "same" } as const;
    fake.adminWrites(conversationId, { ...part, createdAt: startedAt - 5_000 });
    const oldest = fake.adminWrites(conversationId, { ...part, createdAt: startedAt - 9_000 });
    await expect(find("same")).resolves.toEqual({ partId: oldest.id });
  });

  test("a comment of ours with the note's words is no note", async () => {
    fake.adminWrites(conversationId, { adminId: "9001", kind: "comment", text: "note" });
    time.now += lagMs;
    await expect(find("note")).resolves.toBeUndefined();
  });

  test("nothing in a note becomes markup, and a rewritten body is still recognised", async () => {
    const text =
      'session_id: s\n\n[1] Opened https://app.example.com/a?b=1&c="2"\n[2] <img src=x onerror=alert(1)> it\'s &amp; odd';
    const { partId } = await post(text);
    expect(partId).toEqual(expect.any(String));
    expect(fake.partsWithMarkup()).toEqual([]);
    expect(noteTexts()).toEqual([text]);
  });

  test("an id that is a path of its own reaches no other resource", async () => {
    for (const id of ["..", ".", "", "../me", "1?x=1", "a/b"]) {
      await expect(platform.readContacts(product, id)).rejects.toMatchObject({ name: "TerminalError", reason: "gone" });
    }
    expect(fake.counts().map(({ operation }) => operation)).toEqual(["read"]);
  });

  test("a redirect is not followed, and leaves a note uncertain", async () => {
    const redirecting = createServer((_, response) => {
      response.writeHead(307, { location: `${fake.url}/conversations/${conversationId}/reply` }).end();
    });
    await new Promise<void>((resolve) => redirecting.listen(0, "127.0.0.1", resolve));
    const url = `http://127.0.0.1:${(redirecting.address() as AddressInfo).port}`;
    product = productWith({ intercom: { base_url: url } });
    await expect(post()).rejects.toMatchObject({ name: "RetryableError", reason: "uncertain" });
    await expect(find("note")).rejects.toMatchObject({ name: "RetryableError", reason: "failed" });
    expect(fake.counts()).toEqual([]);
    redirecting.closeAllConnections();
    await new Promise((resolve) => redirecting.close(resolve));
  });

  test("an error says what and how, never whom, the text or the token", async () => {
    fake.fault({ name: "reject" });
    const error = await post("a very private text").catch((thrown: Error) => thrown);
    expect(error).toBeInstanceOf(Error);
    expect(String((error as Error).message)).toBe("post a note: 422 parameter_invalid");
  });
});
