import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { ChatOffersHarness } from "./chat-offers.ts";
import type { PlatformFault } from "./chat-platform.ts";

/** A platform on which notes give way to summaries, and users get answers. A person begins with "How do I create a project?". */
export type ChatAnswersHarness = ChatOffersHarness & {
  isRedacted(conversationId: string, partId: string): boolean;
  /** What our admin wrote to the user, as the user reads it, in order. */
  answers(conversationId: string): readonly string[];
  /** What becomes of the next writing to a user, and not of the reading before it. */
  failNextAnswer(fault: PlatformFault): void;
};

const text = "1. Press **New project**.\n2. Name it.";
const words = "1. Press New project.\n2. Name it.";

/** The contract of the port `ChatPlatform` about redaction and answers. */
export function describeChatAnswers(name: string, setup: () => Promise<ChatAnswersHarness>): void {
  describe(`${name} keeps the contract of redactions and answers`, () => {
    let harness: ChatAnswersHarness;
    let conversationId: string;

    beforeEach(async () => {
      harness = await setup();
      conversationId = harness.openConversation({ type: "user", externalId: "user-1", email: "jane@example.com" });
      harness.pass(10_000);
    });
    afterEach(() => harness.close());

    const note = async (body: string) => {
      const { partId } = await harness.platform.postNote(harness.product, { conversationId, text: body });
      harness.pass(harness.lagMs);
      return String(partId);
    };
    const redact = (partId: string, id = conversationId) =>
      harness.platform.redactNote(harness.product, { conversationId: id, partId });
    const read = async (id = conversationId) => harness.platform.readTurns(harness.product, id);
    const answer = ({ id = conversationId, body = text, since = harness.now() } = {}) =>
      harness.platform.answerUser(harness.product, { conversationId: id, text: body, unlessTeammateSince: since });
    const answerAndShow = async () => {
      const answered = await answer();
      harness.pass(harness.lagMs);
      return answered === "held" ? answered : String(answered.partId);
    };
    const find = (wanted: { body?: string; createdSince?: number; known?: readonly string[]; id?: string } = {}) =>
      harness.platform.findAnswer(harness.product, {
        conversationId: wanted.id ?? conversationId,
        fingerprint: harness.platform.fingerprint(wanted.body ?? words),
        createdSince: wanted.createdSince ?? 0,
        known: new Set(wanted.known),
      });
    const findNote = (body: string) =>
      harness.platform.findNote(harness.product, {
        conversationId,
        fingerprint: harness.platform.fingerprint(body),
        createdSince: 0,
        known: new Set(),
      });

    describe("redacting", () => {
      test("takes the text of this note, and leaves the others", async () => {
        const [one, other] = [await note("one"), await note("other")];
        await redact(one);
        expect([one, other].map((partId) => harness.isRedacted(conversationId, partId))).toEqual([true, false]);
        await expect(findNote("one")).resolves.toBeUndefined();
        await expect(findNote("other")).resolves.toEqual({ partId: other });
      });

      test("is done when it was done, and when the note or its conversation is gone", async () => {
        const partId = await note("one");
        await redact(partId);
        for (const gone of [redact(partId), redact("404404"), redact(partId, "404404")]) {
          await expect(gone).resolves.toBeUndefined();
        }
      });

      test("whose answer is lost is uncertain, and does no harm when it is done again", async () => {
        const partId = await note("one");
        harness.failNext("answer-lost");
        await expect(redact(partId)).rejects.toMatchObject({ name: "RetryableError", reason: "uncertain" });
        expect(harness.isRedacted(conversationId, partId)).toBe(true);
        await expect(redact(partId)).resolves.toBeUndefined();
      });

      test.each([
        ["request-lost", { name: "RetryableError", reason: "uncertain" }],
        ["outage", { name: "RetryableError", reason: "failed" }],
        ["limited", { name: "RetryableError", reason: "limited" }],
        ["unauthorized", { name: "TerminalError", reason: "unauthorized" }],
        ["rejected", { name: "TerminalError", reason: "rejected" }],
      ] as const)("%s: the note stands, and is redacted the next time", async (fault, error) => {
        const partId = await note("one");
        harness.failNext(fault);
        await expect(redact(partId)).rejects.toMatchObject(error);
        expect(harness.isRedacted(conversationId, partId)).toBe(false);
        await redact(partId);
        expect(harness.isRedacted(conversationId, partId)).toBe(true);
      });
    });

    describe("reading what was said", () => {
      test("tells who said what, oldest first, in plain text, and nothing that no user saw", async () => {
        await note("[1] Opened the page");
        await answerAndShow();
        harness.pass(1_000);
        harness.personWrites(conversationId, "5 < 6 & <b>it's</b>\nodd");
        harness.pass(1_000);
        harness.colleagueNotes(conversationId, "between us");
        harness.colleagueWrites(conversationId, "Let me look.");
        harness.pass(1_000);
        await harness.platform.offerHelp(harness.product, { conversationId, body: "Need help?", options: [] });
        harness.pass(harness.lagMs);
        expect((await read()).map(({ by, text: said }) => [by, said])).toEqual([
          ["user", "How do I create a project?"],
          ["agent", words],
          ["user", "5 < 6 & <b>it's</b>\nodd"],
          ["teammate", "Let me look."],
          ["agent", "Need help?"],
        ]);
      });

      test("tells when it was said, to the second", async () => {
        const saidAt = harness.now();
        harness.personWrites(conversationId, "Hello?");
        harness.pass(harness.lagMs);
        const at = (await read()).at(-1)?.at ?? 0;
        expect(Math.floor(at / 1_000)).toBe(Math.floor(saidAt / 1_000));
      });
    });

    describe("answering", () => {
      test("the user reads the words without the marks, and the answer's id is told", async () => {
        const answered = await answer();
        expect(harness.answers(conversationId)).toEqual([words]);
        expect(answered).toEqual({ partId: expect.any(String) });
      });

      test("nothing in an answer becomes markup", async () => {
        const odd = `<script>alert(1)</script> **<i>Save</i> & "go"** &lt;b&gt; **`;
        await answer({ body: odd });
        expect(harness.answers(conversationId)).toEqual([`<script>alert(1)</script> <i>Save</i> & "go" &lt;b&gt; **`]);
      });

      test("is held when a teammate has written since, at the very moment too, and nothing is written", async () => {
        const since = harness.now();
        harness.colleagueWrites(conversationId, "I am on it.");
        harness.pass(harness.lagMs);
        await expect(answer({ since })).resolves.toBe("held");
        expect(harness.answers(conversationId)).toEqual([]);
      });

      test("is not held by what a teammate wrote before", async () => {
        harness.colleagueWrites(conversationId, "I am on it.");
        harness.pass(10_000);
        await expect(answer()).resolves.toEqual({ partId: expect.any(String) });
      });

      test("is not held by the user, by ourselves, or by a note", async () => {
        const since = harness.now();
        harness.personWrites(conversationId, "Anybody?");
        harness.colleagueNotes(conversationId, "I am on it.");
        await note("[1] Opened the page");
        await answer({ since });
        harness.pass(harness.lagMs);
        await expect(answer({ since })).resolves.toEqual({ partId: expect.any(String) });
      });
    });

    describe("finding", () => {
      test("an answer is found under the id that answering told, by its words without the marks", async () => {
        const partId = await answerAndShow();
        await expect(find()).resolves.toEqual({ partId });
        await expect(find({ body: `${words} Really.` })).resolves.toBeUndefined();
      });

      test("one that is known, or is older than the attempt, is not taken for it", async () => {
        const first = await answerAndShow();
        await expect(find({ known: [String(first)] })).resolves.toBeUndefined();
        harness.pass(10_000);
        const attemptedAt = harness.now();
        await expect(find({ createdSince: attemptedAt })).resolves.toBeUndefined();
        const partId = await answerAndShow();
        await expect(find({ createdSince: attemptedAt })).resolves.toEqual({ partId });
      });

      test("a colleague's words are not ours, nor a user's, nor is a note an answer", async () => {
        harness.colleagueWrites(conversationId, words);
        harness.personWrites(conversationId, words);
        await note(words);
        await expect(find()).resolves.toBeUndefined();
      });

      test("an answer is no note", async () => {
        await answerAndShow();
        await expect(findNote(words)).resolves.toBeUndefined();
      });
    });

    describe("failing", () => {
      const everyCall = (id: string): readonly (() => Promise<unknown>)[] => [
        () => answer({ id }),
        () => read(id),
        () => find({ id }),
      ];

      test("an answer that was lost on its way back is uncertain, stands once, and is found when it shows", async () => {
        const attemptedAt = harness.now();
        harness.failNextAnswer("answer-lost");
        await expect(answer()).rejects.toMatchObject({ name: "RetryableError", reason: "uncertain" });
        harness.pass(harness.lagMs);
        await expect(find({ createdSince: attemptedAt })).resolves.toEqual({ partId: expect.any(String) });
        expect(harness.answers(conversationId)).toEqual([words]);
      });

      test("an answer that was lost on its way there is uncertain and never found", async () => {
        harness.failNextAnswer("request-lost");
        await expect(answer()).rejects.toMatchObject({ name: "RetryableError", reason: "uncertain" });
        harness.pass(harness.lagMs);
        await expect(find()).resolves.toBeUndefined();
      });

      test.each([
        ["outage", { name: "RetryableError", reason: "failed" }],
        ["limited", { name: "RetryableError", reason: "limited" }],
        ["unauthorized", { name: "TerminalError", reason: "unauthorized" }],
        ["rejected", { name: "TerminalError", reason: "rejected" }],
      ] as const)("%s: every call says so, and the user sees nothing until the next one", async (fault, error) => {
        for (const call of everyCall(conversationId)) {
          harness.failNext(fault);
          await expect(call()).rejects.toMatchObject(error);
        }
        harness.failNextAnswer(fault);
        await expect(answer()).rejects.toMatchObject(error);
        expect(harness.answers(conversationId)).toEqual([]);
        await answer();
        expect(harness.answers(conversationId)).toEqual([words]);
      });

      test.each(["request-lost", "answer-lost"] as const)("reading is never uncertain (%s)", async (fault) => {
        for (const call of everyCall(conversationId).slice(1)) {
          harness.failNext(fault);
          await expect(call()).rejects.toMatchObject({ name: "RetryableError", reason: "failed" });
        }
      });

      test("an unknown conversation is gone, for every call", async () => {
        for (const call of everyCall("404404")) {
          await expect(call()).rejects.toMatchObject({ name: "TerminalError", reason: "gone" });
        }
      });
    });
  });
}
