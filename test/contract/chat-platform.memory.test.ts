import { withoutMarks } from "../../lambdas/domain/text/marked-text.ts";
import { createMemoryChatPlatform } from "../support/memory/chat-platform.ts";
import { productWith } from "../support/product.ts";
import { type ChatAnswersHarness, describeChatAnswers } from "./suites/chat-answers.ts";
import { describeChatOffers } from "./suites/chat-offers.ts";
import { describeChatPlatform } from "./suites/chat-platform.ts";

async function setUp(): Promise<ChatAnswersHarness> {
  let time = 1_756_200_000_000;
  let opened = 0;
  const lagMs = 800;
  const memory = createMemoryChatPlatform({ clock: { now: () => time }, lagMs });
  const product = productWith();
  const colleague = productWith({ intercom: { admin_id: "1" } });
  return {
    platform: memory.platform,
    product,
    now: () => time,
    pass(durationMs) {
      time += durationMs;
    },
    lagMs,
    openConversation({ type, externalId, email }) {
      opened += 1;
      const vouchedFor = type === "user" ? { email } : {};
      memory.openConversation(`conversation-${opened}`, [
        { contactId: `contact-${opened}`, externalId, ...vouchedFor },
      ]);
      memory.personWrites(`conversation-${opened}`, "How do I create a project?");
      return `conversation-${opened}`;
    },
    openByAdmin() {
      opened += 1;
      memory.openConversation(`conversation-${opened}`, [], { openedByUs: true, personWrote: false });
      return `conversation-${opened}`;
    },
    personWrites: memory.personWrites,
    colleagueWrites: (conversationId, body) =>
      void memory.platform.offerHelp(colleague, { conversationId, body, options: [] }),
    offers: (conversationId) =>
      memory.offers
        .filter((offer) => offer.conversationId === conversationId && offer.adminId === "9001")
        .map(({ body, options }) => ({ body, options })),
    isDeleted: (conversationId) => memory.deletions.some((deletion) => deletion.conversationId === conversationId),
    colleagueNotes: (conversationId, text) => void memory.writeNote({ conversationId, adminId: "1", text }),
    notes: (conversationId) =>
      memory.notes.filter((note) => note.conversationId === conversationId).map((note) => note.text),
    isRedacted: (_, partId) => memory.notes.some((note) => note.partId === partId && note.redactedAt !== undefined),
    answers: (conversationId) =>
      memory.comments
        .filter((comment) => comment.conversationId === conversationId && comment.adminId === "9001")
        .map(({ text }) => withoutMarks(text)),
    failNext: (fault) => memory.failNext([fault]),
    failNextAnswer: (fault) => memory.failNext([fault], "answerUser"),
    close: async () => {},
  };
}

describeChatPlatform("the platform in memory", setUp);
describeChatOffers("the platform in memory", setUp);
describeChatAnswers("the platform in memory", setUp);
