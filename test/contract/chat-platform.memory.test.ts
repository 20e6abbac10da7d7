import { createMemoryChatPlatform } from "../support/memory/chat-platform.ts";
import { productWith } from "../support/product.ts";
import { describeChatPlatform } from "./suites/chat-platform.ts";

describeChatPlatform("the platform in memory", async () => {
  let time = 1_756_200_000_000;
  let opened = 0;
  const lagMs = 800;
  const memory = createMemoryChatPlatform({ clock: { now: () => time }, lagMs });
  return {
    platform: memory.platform,
    product: productWith(),
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
      return `conversation-${opened}`;
    },
    colleagueNotes: (conversationId, text) => void memory.writeNote({ conversationId, adminId: "1", text }),
    notes: (conversationId) =>
      memory.notes.filter((note) => note.conversationId === conversationId).map((note) => note.text),
    failNext: (fault) => memory.failNext([fault]),
    close: async () => {},
  };
});
