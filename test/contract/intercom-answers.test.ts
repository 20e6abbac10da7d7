import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createIntercomPlatform } from "../../lambdas/adapters/intercom/platform.ts";
import type { ChatPlatform, Product } from "../../lambdas/app/ports.ts";
import { type FakeIntercom, startFakeIntercom } from "../../local/fake-intercom/server.ts";
import { productWith } from "../support/product.ts";

const startedAt = 1_756_200_000_000;
const lagMs = 800;

describe("over the network", () => {
  let fake: FakeIntercom;
  let time: number;
  let platform: ChatPlatform;
  let product: Product;
  let conversationId: string;

  beforeEach(async () => {
    time = startedAt;
    fake = await startFakeIntercom({ now: () => time, skewS: 0 });
    platform = createIntercomPlatform({ clock: { now: () => time } });
    product = productWithTimeout(0.6);
    conversationId = fake.openConversation({ contactId: fake.addContact({}).id, text: "Hello" }).id;
  });
  afterEach(() => fake.close());

  const productWithTimeout = (call_timeout_s: number) =>
    productWith({ intercom: { base_url: fake.url }, delivery: { call_timeout_s } });
  const answer = (unlessTeammateSince = startedAt) =>
    platform.answerUser(product, { conversationId, text: "Press **Save**.", unlessTeammateSince });
  const find = (createdSince = 0) =>
    platform.findAnswer(product, {
      conversationId,
      fingerprint: platform.fingerprint("Press Save."),
      createdSince,
      known: new Set(),
    });
  const shown = () => fake.parts(conversationId).map(({ kind, text }) => [kind, text]);
  const asked = () => fake.counts().map(({ operation, ending }) => [operation, ending]);

  describe("an answer", () => {
    test("is a comment with its labels in bold, and nothing that somebody's page could have made markup", async () => {
      const { partId } = (await answer()) as { partId?: string };
      expect(fake.parts(conversationId)).toMatchObject([
        { id: partId, kind: "comment", html: "<p>Press <b>Save</b>.</p>", markup: [] },
      ]);
    });

    test.each(["error-500", "outage", "bad-gateway", "drop-before", "drop-after", "hang-after", "malformed"] as const)(
      "whose reading meets %s has failed, and nothing was written",
      async (name) => {
        fake.fault({ name, operation: "read" });
        await expect(answer()).rejects.toMatchObject({ name: "RetryableError", reason: "failed" });
        expect(asked().map(([operation]) => operation)).toEqual(["read"]);
      },
    );

    test.each([
      ["error-500", "failed", 0],
      ["outage", "failed", 0],
      ["bad-gateway", "uncertain", 1],
      ["drop-before", "uncertain", 0],
      ["drop-after", "uncertain", 1],
      ["hang-after", "uncertain", 1],
    ] as const)("whose writing meets %s is %s and leaves %i parts", async (name, reason, written) => {
      fake.fault({ name, operation: "comment" });
      await expect(answer()).rejects.toMatchObject({ name: "RetryableError", reason });
      expect(shown()).toHaveLength(written);
    });

    test("is settled by its 2xx, even when it cannot be read", async () => {
      fake.fault({ name: "malformed", operation: "comment" });
      await expect(answer()).resolves.toEqual({});
      expect(shown()).toEqual([["comment", "Press Save."]]);
    });

    test("has one call timeout for reading and writing together", async () => {
      // Either alone is answered in time, with room for a slow machine.
      product = productWithTimeout(1.5);
      fake.fault({ name: "slow", delayMs: 900, operation: "read", count: 1 });
      fake.fault({ name: "slow", delayMs: 900, operation: "comment" });
      await expect(answer()).rejects.toMatchObject({ name: "RetryableError", reason: "uncertain" });
      time += lagMs;
      await expect(find(startedAt)).resolves.toEqual({ partId: fake.parts(conversationId)[0]?.id });
    });

    test("is held by a teammate, without a request to write", async () => {
      fake.teammateReplies(conversationId, "I am on it.");
      time += lagMs;
      await expect(answer()).resolves.toBe("held");
      expect(asked()).toEqual([["read", 200]]);
    });

    test("is refused as a whole where Intercom forbids our admin to write", async () => {
      fake.fault({ name: "forbidden", operation: "comment", code: "action_forbidden" });
      const error = await answer().catch((thrown: Error) => thrown);
      expect(error).toMatchObject({ name: "TerminalError", reason: "unauthorized" });
      expect(String((error as Error).message)).toBe("write to the user: 403 action_forbidden");
    });
  });

  describe("a look for an answer", () => {
    test("finds our comment among equal words of a teammate, the user and a note", async () => {
      for (const [adminId, kind] of [
        ["9101", "comment"],
        ["9001", "note"],
      ] as const) {
        fake.adminWrites(conversationId, { adminId, kind, text: "Press Save." });
      }
      fake.userReplies(conversationId, "Press Save.");
      time += lagMs;
      await expect(find()).resolves.toBeUndefined();
      const { id } = fake.adminWrites(conversationId, { adminId: "9001", kind: "comment", text: "Press Save." });
      time += lagMs;
      await expect(find()).resolves.toEqual({ partId: id });
    });
  });

  describe("a redaction", () => {
    const note = () => fake.adminWrites(conversationId, { adminId: "9001", kind: "note", text: "note" });
    const redact = (partId: string) => platform.redactNote(product, { conversationId, partId });

    test("is done when the note has no text any more, which Intercom calls an error", async () => {
      const { id } = note();
      await redact(id);
      await expect(redact(id)).resolves.toBeUndefined();
      expect(asked()).toEqual([
        ["redact", 200],
        ["redact", 422],
      ]);
    });

    test("is not done when Intercom refuses it", async () => {
      const { id } = note();
      fake.fault({ name: "reject", operation: "redact" });
      await expect(redact(id)).rejects.toMatchObject({ name: "TerminalError", reason: "rejected" });
      expect(shown()).toEqual([["note", "note"]]);
    });

    test.each(["drop-after", "hang-after", "bad-gateway"] as const)("that meets %s may be done again", async (name) => {
      const { id } = note();
      fake.fault({ name, count: 1, operation: "redact" });
      await expect(redact(id)).rejects.toMatchObject({ name: "RetryableError", reason: "uncertain" });
      await expect(redact(id)).resolves.toBeUndefined();
      expect(fake.parts(conversationId)).toMatchObject([{ text: "", redacted: true }]);
    });

    test("leaves a note that is not found by its words, nor read as something that was said", async () => {
      const { id } = note();
      await redact(id);
      time += lagMs;
      const wanted = { conversationId, fingerprint: platform.fingerprint("note"), createdSince: 0 };
      await expect(platform.findNote(product, { ...wanted, known: new Set() })).resolves.toBeUndefined();
      expect((await platform.readTurns(product, conversationId)).map(({ text }) => text)).toEqual(["Hello"]);
    });
  });
});
