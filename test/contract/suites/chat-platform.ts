import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { ChatPlatform, Product } from "../../../lambdas/app/ports.ts";

export type PlatformFault = "outage" | "limited" | "unauthorized" | "rejected" | "request-lost" | "answer-lost";

/** A platform under test, with the other people on it. */
export type ChatPlatformHarness = {
  readonly platform: ChatPlatform;
  readonly product: Product;
  /** The platform's time, ms. */
  now(): number;
  /** Lets time pass on the platform, without waiting. */
  pass(durationMs: number): void;
  /** After so long, ms, everything that was written shows. */
  readonly lagMs: number;
  /** A person begins a conversation. @returns its id. */
  openConversation(person: { type: "user" | "lead"; externalId?: string; email?: string }): string;
  /** A colleague, who is another admin, writes an internal note. */
  colleagueNotes(conversationId: string, text: string): void;
  /** Texts of all notes in the conversation, in the order of their writing. */
  notes(conversationId: string): readonly string[];
  /** What becomes of the next call. */
  failNext(fault: PlatformFault): void;
  close(): Promise<void>;
};

/** The contract of the port `ChatPlatform`. Every implementation passes it, the one in memory too. */
export function describeChatPlatform(name: string, setup: () => Promise<ChatPlatformHarness>): void {
  describe(`${name} keeps the chat platform's contract`, () => {
    let harness: ChatPlatformHarness;
    let conversationId: string;

    beforeEach(async () => {
      harness = await setup();
      conversationId = harness.openConversation({ type: "user", externalId: "user-1", email: "jane@example.com" });
    });
    afterEach(() => harness.close());

    const post = (text: string) => harness.platform.postNote(harness.product, { conversationId, text });
    const find = (text: string, wanted: { createdSince?: number; known?: readonly string[] } = {}) =>
      harness.platform.findNote(harness.product, {
        conversationId,
        fingerprint: harness.platform.fingerprint(text),
        createdSince: wanted.createdSince ?? 0,
        known: new Set(wanted.known),
      });
    const postAndShow = async (text: string) => {
      const { partId } = await post(text);
      harness.pass(harness.lagMs);
      return String(partId);
    };
    const everyCall = (id: string): readonly (() => Promise<unknown>)[] => [
      () => harness.platform.postNote(harness.product, { conversationId: id, text: "note" }),
      () =>
        harness.platform.findNote(harness.product, {
          conversationId: id,
          fingerprint: harness.platform.fingerprint("note"),
          createdSince: 0,
          known: new Set(),
        }),
      () => harness.platform.readContacts(harness.product, id),
    ];

    describe("writing", () => {
      test("a note stands as it was written, markup and all", async () => {
        const text = `session_id: s-1\n\n[1] Clicked "<b>Save</b>" & it's done <script>alert(1)</script>`;
        await post(text);
        expect(harness.notes(conversationId)).toEqual([text]);
      });

      test("notes stand in the order of their posting", async () => {
        for (const text of ["one", "two", "three"]) await post(text);
        expect(harness.notes(conversationId)).toEqual(["one", "two", "three"]);
      });

      test("a note goes to its own conversation", async () => {
        const other = harness.openConversation({ type: "lead" });
        await post("for Jane");
        expect(harness.notes(other)).toEqual([]);
      });
    });

    describe("finding", () => {
      test("a fingerprint is the same for the same text, another for another, and short enough to be kept", () => {
        const { fingerprint } = harness.platform;
        expect(fingerprint("[1] Opened the page")).toBe(fingerprint("[1] Opened the page"));
        expect(fingerprint("[1] Opened the page")).not.toBe(fingerprint("[1] Opened a page"));
        expect(fingerprint("word ".repeat(8_000)).length).toBeLessThanOrEqual(64);
      });

      test("a posted note is found under the id that posting told", async () => {
        const partId = await postAndShow("one");
        await expect(find("one")).resolves.toEqual({ partId });
      });

      test("nothing is found where nothing was written", async () => {
        await expect(find("one")).resolves.toBeUndefined();
      });

      test("a note that differs in one word is not taken for it", async () => {
        await postAndShow("[1] Opened the billing page");
        await expect(find("[1] Opened the billing tab")).resolves.toBeUndefined();
      });

      test("a note that is known is passed over for its equal", async () => {
        const first = await postAndShow("same");
        const second = await postAndShow("same");
        expect(second).not.toBe(first);
        await expect(find("same", { known: [first] })).resolves.toEqual({ partId: second });
        await expect(find("same", { known: [first, second] })).resolves.toBeUndefined();
      });

      test("of several equal notes the oldest is found", async () => {
        const first = await postAndShow("same");
        harness.pass(5_000);
        await postAndShow("same");
        await expect(find("same")).resolves.toEqual({ partId: first });
      });

      test("a note from before the attempt is not taken for it", async () => {
        await postAndShow("same");
        harness.pass(10_000);
        const attemptedAt = harness.now();
        await expect(find("same", { createdSince: attemptedAt })).resolves.toBeUndefined();
        const partId = await postAndShow("same");
        await expect(find("same", { createdSince: attemptedAt })).resolves.toEqual({ partId });
      });

      test("a colleague's note with our words is not ours", async () => {
        harness.colleagueNotes(conversationId, "same");
        harness.pass(harness.lagMs);
        await expect(find("same")).resolves.toBeUndefined();
      });
    });

    describe("failing", () => {
      test("a note whose answer was lost is uncertain, stands once, and is found when it shows", async () => {
        const attemptedAt = harness.now();
        harness.failNext("answer-lost");
        await expect(post("one")).rejects.toMatchObject({ name: "RetryableError", reason: "uncertain" });
        harness.pass(harness.lagMs);
        await expect(find("one", { createdSince: attemptedAt })).resolves.toEqual({ partId: expect.any(String) });
        expect(harness.notes(conversationId)).toEqual(["one"]);
      });

      test("a note that was lost on its way is uncertain and never found", async () => {
        harness.failNext("request-lost");
        await expect(post("one")).rejects.toMatchObject({ name: "RetryableError", reason: "uncertain" });
        harness.pass(harness.lagMs);
        await expect(find("one")).resolves.toBeUndefined();
      });

      test.each(["request-lost", "answer-lost"] as const)("reading is never uncertain (%s)", async (fault) => {
        for (const read of everyCall(conversationId).slice(1)) {
          harness.failNext(fault);
          await expect(read()).rejects.toMatchObject({ name: "RetryableError", reason: "failed" });
        }
      });

      test.each([
        ["outage", { name: "RetryableError", reason: "failed" }],
        ["limited", { name: "RetryableError", reason: "limited" }],
        ["unauthorized", { name: "TerminalError", reason: "unauthorized" }],
        ["rejected", { name: "TerminalError", reason: "rejected" }],
      ] as const)("%s: every call says so, nothing is written, and the next one works", async (fault, error) => {
        for (const call of everyCall(conversationId)) {
          harness.failNext(fault);
          await expect(call()).rejects.toMatchObject(error);
        }
        expect(harness.notes(conversationId)).toEqual([]);
        await post("after");
        expect(harness.notes(conversationId)).toEqual(["after"]);
      });

      test("a limited call says how long to wait, between a second and five minutes", async () => {
        harness.failNext("limited");
        const error: { retryAfterMs?: number } = await post("one").then(
          () => ({}),
          (thrown) => thrown,
        );
        expect(error.retryAfterMs).toBeGreaterThanOrEqual(1_000);
        expect(error.retryAfterMs).toBeLessThanOrEqual(300_000);
      });

      test("an unknown conversation is gone, for every call", async () => {
        for (const call of everyCall("404404")) {
          await expect(call()).rejects.toMatchObject({ name: "TerminalError", reason: "gone" });
        }
      });
    });

    describe("whose conversation it is", () => {
      test("a user is told with external id and e-mail", async () => {
        await expect(harness.platform.readContacts(harness.product, conversationId)).resolves.toEqual([
          { contactId: expect.any(String), externalId: "user-1", email: "jane@example.com" },
        ]);
      });

      test("a lead's e-mail is not vouched for, so it is not told", async () => {
        const id = harness.openConversation({ type: "lead", email: "jane@example.com" });
        const [contact] = await harness.platform.readContacts(harness.product, id);
        expect(contact?.contactId).toEqual(expect.any(String));
        expect(contact?.email).toBeUndefined();
      });
    });
  });
}
