import { type ChatPlatform, type Clock, type Product, TerminalError } from "../../app/ports.ts";
import { answersOf, answerUser } from "./answer.ts";
import { contactsOf, conversationSchema, createdSince, notesOf, originOf } from "./conversation.ts";
import { fingerprintOfText, toNoteHtml } from "./note-text.ts";
import { type ApartProducts, offerHelp } from "./offer.ts";
import { offersOf } from "./offer-parts.ts";
import { operations } from "./operations.ts";
import { readConversation } from "./read-conversation.ts";
import { redactNote } from "./redact.ts";
import { type Connection, call } from "./request.ts";
import { turnsOf } from "./turns.ts";

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
  const apart: ApartProducts = new Set();

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

    offerHelp: (product, offer) => offerHelp(connect(product), offer, apart),

    async findOffer(product, { conversationId, optionUuids, fingerprint, createdSince: since, known }) {
      const { intercom, proactive } = product.configuration;
      // Only a version that knows options shows them.
      const conversation = await readConversation(connect(product), conversationId, proactive.quickReplyVersion);
      const found = offersOf(conversation, intercom.adminId, { optionUuids, fingerprint }).find(
        (part) => createdSince(part, since) && !known.has(part.id),
      );
      return found && { partId: found.id };
    },

    redactNote: (product, note) => redactNote(connect(product), note),

    async readTurns(product, conversationId) {
      const conversation = await readConversation(connect(product), conversationId);
      return turnsOf(conversation, product.configuration.intercom.adminId);
    },

    answerUser: (product, answer) => answerUser(connect(product), answer),

    async findAnswer(product, { conversationId, fingerprint, createdSince: since, known }) {
      const conversation = await readConversation(connect(product), conversationId);
      const found = answersOf(conversation, product.configuration.intercom.adminId, fingerprint).find(
        (part) => createdSince(part, since) && !known.has(part.id),
      );
      return found && { partId: found.id };
    },

    async readOrigin(product, conversationId) {
      const conversation = await readConversation(connect(product), conversationId);
      return originOf(conversation, product.configuration.intercom.adminId);
    },

    async deleteConversation(product, conversationId) {
      await call(connect(product), operations.deleteConversation, conversationId).catch((error) => {
        if (!(error instanceof TerminalError && error.reason === "gone")) throw error;
      });
    },
  };
}
