import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { HelpOffer } from "../../../lambdas/app/ports.ts";
import { replyOptions } from "../../../lambdas/domain/proactive/reply-options.ts";
import type { ChatPlatformHarness } from "./chat-platform.ts";

/** A platform on which offers are made, with the user who sees them. */
export type ChatOffersHarness = ChatPlatformHarness & {
  /** Our admin writes first, to a person who has written nothing. @returns the conversation's id. */
  openByAdmin(): string;
  /** The person of the conversation writes. */
  personWrites(conversationId: string, text: string): void;
  /** A colleague, who is another admin, writes what the user sees. */
  colleagueWrites(conversationId: string, text: string): void;
  /** What the user was offered, in order. */
  offers(conversationId: string): readonly Pick<HelpOffer, "body" | "options">[];
  isDeleted(conversationId: string): boolean;
};

const options = replyOptions("acme", [
  { id: "yes", label: "Yes, please" },
  { id: "no", label: 'No, & "thanks"' },
]);
const others = replyOptions("acme", [{ id: "later", label: "Later" }]);
const help = { body: "Need help?\nWe are here.", options };

/** The contract of the port `ChatPlatform` about offers and whole conversations. */
export function describeChatOffers(name: string, setup: () => Promise<ChatOffersHarness>): void {
  describe(`${name} keeps the contract of offers`, () => {
    let harness: ChatOffersHarness;
    let conversationId: string;

    beforeEach(async () => {
      harness = await setup();
      conversationId = harness.openConversation({ type: "user", externalId: "user-1", email: "jane@example.com" });
    });
    afterEach(() => harness.close());

    const offer = (content = help, id = conversationId) =>
      harness.platform.offerHelp(harness.product, { conversationId: id, ...content });
    const find = (content = help, wanted: { createdSince?: number; known?: readonly string[]; id?: string } = {}) =>
      harness.platform.findOffer(harness.product, {
        conversationId: wanted.id ?? conversationId,
        optionUuids: content.options.map(({ uuid }) => uuid),
        fingerprint: harness.platform.fingerprint(content.body),
        createdSince: wanted.createdSince ?? 0,
        known: new Set(wanted.known),
      });
    const origin = (id = conversationId) => harness.platform.readOrigin(harness.product, id);
    const remove = (id = conversationId) => harness.platform.deleteConversation(harness.product, id);
    const offerAndShow = async (content = help) => {
      const { partId } = await offer(content);
      harness.pass(harness.lagMs);
      return String(partId);
    };
    const everyCall = (id: string): readonly (() => Promise<unknown>)[] => [
      () => offer(help, id),
      () => find(help, { id }),
      () => origin(id),
    ];

    describe("offering", () => {
      test("the user sees the body and the options, and who offers knows that they do", async () => {
        const answer = await offer();
        expect(harness.offers(conversationId)).toEqual([help]);
        expect(answer).toEqual({ partId: expect.any(String) });
      });

      test("nothing in a body becomes markup", async () => {
        const odd = { ...help, body: "<script>alert(1)</script> & <b>it's</b>" };
        await offer(odd);
        expect(harness.offers(conversationId)).toEqual([odd]);
      });

      test("an offer is no note, and a note is no offer", async () => {
        const text = help.body;
        await harness.platform.postNote(harness.product, { conversationId, text });
        harness.pass(harness.lagMs);
        await expect(find()).resolves.toBeUndefined();
        await offerAndShow();
        const note = { conversationId, fingerprint: harness.platform.fingerprint(text), createdSince: 0 };
        const found = await harness.platform.findNote(harness.product, { ...note, known: new Set() });
        await expect(
          harness.platform.findNote(harness.product, { ...note, known: new Set([String(found?.partId)]) }),
        ).resolves.toBeUndefined();
      });
    });

    describe("finding", () => {
      test("an offer is found under the id that offering told", async () => {
        const partId = await offerAndShow();
        await expect(find()).resolves.toEqual({ partId });
      });

      test("it is recognised by its options, whatever became of its body", async () => {
        const partId = await offerAndShow();
        await expect(find({ ...help, body: "Rewritten" })).resolves.toEqual({ partId });
      });

      test("it is recognised by its body, whatever became of its options", async () => {
        const partId = await offerAndShow();
        await expect(find({ ...help, options: others })).resolves.toEqual({ partId });
      });

      test("another offer is not taken for it", async () => {
        await offerAndShow({ body: "Lost?", options: others });
        await expect(find()).resolves.toBeUndefined();
      });

      test("one that is known, or is older than the attempt, is not taken for it", async () => {
        const first = await offerAndShow();
        await expect(find(help, { known: [first] })).resolves.toBeUndefined();
        harness.pass(10_000);
        const attemptedAt = harness.now();
        await expect(find(help, { createdSince: attemptedAt })).resolves.toBeUndefined();
        const second = await offerAndShow();
        await expect(find(help, { createdSince: attemptedAt })).resolves.toEqual({ partId: second });
      });

      test("a colleague's words are not ours, nor a user's", async () => {
        harness.colleagueWrites(conversationId, help.body);
        harness.personWrites(conversationId, help.body);
        harness.pass(harness.lagMs);
        await expect(find()).resolves.toBeUndefined();
      });
    });

    describe("whose conversation it is", () => {
      test("one that a user began is theirs", async () => {
        await expect(origin()).resolves.toEqual({ openedByUs: false, personWrote: true });
      });

      test("one that our admin began is ours until somebody writes in it", async () => {
        const ours = harness.openByAdmin();
        await offer(help, ours);
        harness.pass(harness.lagMs);
        await expect(origin(ours)).resolves.toEqual({ openedByUs: true, personWrote: false });
        harness.personWrites(ours, "Yes");
        harness.pass(harness.lagMs);
        await expect(origin(ours)).resolves.toEqual({ openedByUs: true, personWrote: true });
      });
    });

    describe("whose words it holds", () => {
      test("a colleague's are somebody's, too", async () => {
        const ours = harness.openByAdmin();
        harness.colleagueWrites(ours, "Anybody there?");
        harness.pass(harness.lagMs);
        await expect(origin(ours)).resolves.toEqual({ openedByUs: true, personWrote: true });
      });
    });

    describe("deleting", () => {
      test("a conversation is gone, and gone stays deleted", async () => {
        await remove();
        expect(harness.isDeleted(conversationId)).toBe(true);
        await expect(origin()).rejects.toMatchObject({ name: "TerminalError", reason: "gone" });
        await expect(remove()).resolves.toBeUndefined();
        await expect(remove("404404")).resolves.toBeUndefined();
      });

      test("when the answer is lost it is uncertain, and done again does no harm", async () => {
        harness.failNext("answer-lost");
        await expect(remove()).rejects.toMatchObject({ name: "RetryableError", reason: "uncertain" });
        await expect(remove()).resolves.toBeUndefined();
        expect(harness.isDeleted(conversationId)).toBe(true);
      });

      test("no other conversation goes with it", async () => {
        const other = harness.openConversation({ type: "lead" });
        await remove();
        expect(harness.isDeleted(other)).toBe(false);
      });
    });

    describe("failing", () => {
      test("an offer whose answer was lost is uncertain, stands once, and is found when it shows", async () => {
        const attemptedAt = harness.now();
        harness.failNext("answer-lost");
        await expect(offer()).rejects.toMatchObject({ name: "RetryableError", reason: "uncertain" });
        harness.pass(harness.lagMs);
        await expect(find(help, { createdSince: attemptedAt })).resolves.toEqual({ partId: expect.any(String) });
        expect(harness.offers(conversationId)).toEqual([help]);
      });

      test("an offer that was lost on its way is uncertain and never found", async () => {
        harness.failNext("request-lost");
        await expect(offer()).rejects.toMatchObject({ name: "RetryableError", reason: "uncertain" });
        harness.pass(harness.lagMs);
        await expect(find()).resolves.toBeUndefined();
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
      ] as const)("%s: every call says so, and nothing is shown or deleted", async (fault, error) => {
        for (const call of [...everyCall(conversationId), remove]) {
          harness.failNext(fault);
          await expect(call()).rejects.toMatchObject(error);
        }
        expect(harness.offers(conversationId)).toEqual([]);
        expect(harness.isDeleted(conversationId)).toBe(false);
      });

      test("an unknown conversation is gone, for every call", async () => {
        for (const call of everyCall("404404")) {
          await expect(call()).rejects.toMatchObject({ name: "TerminalError", reason: "gone" });
        }
      });
    });
  });
}
