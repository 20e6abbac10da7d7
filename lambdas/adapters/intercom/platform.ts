import { type ChatPlatform, type Clock, type Product, RetryableError } from "../../app/ports.ts";
import { type Conversation, contactsOf, conversationSchema, createdSince, notesOf } from "./conversation.ts";
import { fingerprintOfText, toNoteHtml } from "./note-text.ts";
import { operations } from "./operations.ts";
import { type Connection, call } from "./request.ts";

export type IntercomPlatformOptions = {
  /** Replaces every product's base URL: a sandbox, a mock, the local cloud. */
  readonly baseUrlOverride?: string | undefined;
  /** Compared with `X-RateLimit-Reset`; the machine's clock unless given. */
  readonly clock?: Clock;
};

/**
 * Intercom's REST API as a chat platform. Every call ends within the product's call timeout, and what it throws is a
 * TerminalError or a RetryableError.
 */
export function createIntercomPlatform({ baseUrlOverride, clock = Date }: IntercomPlatformOptions = {}): ChatPlatform {
  const connect = (product: Product): Connection => ({
    product,
    baseUrl: baseUrlOverride ?? product.configuration.intercom.baseUrl,
    clock,
  });

  return {
    async postNote(product, { conversationId, text }) {
      const { adminId } = product.configuration.intercom;
      const note = { message_type: "note", type: "admin", admin_id: adminId, body: toNoteHtml(text) };
      const answer = await call(connect(product), operations.postNote, conversationId, note);
      // The note is written, whatever the answer looks like: without its id it is settled all the same.
      const conversation = conversationSchema.safeParse(answer);
      const newest = conversation.success
        ? notesOf(conversation.data, adminId, fingerprintOfText(text)).at(-1)
        : undefined;
      return newest === undefined ? {} : { partId: newest.id };
    },

    fingerprint: fingerprintOfText,

    async findNote(product, { conversationId, fingerprint, createdSince: since, known }) {
      const conversation = await readConversation(connect(product), conversationId);
      const found = notesOf(conversation, product.configuration.intercom.adminId, fingerprint).find(
        (note) => createdSince(note, since) && !known.has(note.id),
      );
      return found && { partId: found.id };
    },

    async readContacts(product, conversationId) {
      return contactsOf(await readConversation(connect(product), conversationId));
    },
  };
}

async function readConversation(connection: Connection, conversationId: string): Promise<Conversation> {
  const conversation = conversationSchema.safeParse(
    await call(connection, operations.readConversation, conversationId),
  );
  if (!conversation.success) {
    throw new RetryableError("failed", `${operations.readConversation.label}: the answer is not a conversation`);
  }
  return conversation.data;
}
