import {
  type ChatPlatform,
  type Clock,
  type Contact,
  type ConversationOrigin,
  type Product,
  RetryableError,
  TerminalError,
} from "../../../lambdas/app/ports.ts";
import { hash } from "../../../lambdas/domain/actor/hash.ts";
import { createMemoryComments, type MemoryComment } from "./chat-comments.ts";
import { createMemoryOffers, type MemoryOffer } from "./chat-offers.ts";

/** One written note, as the platform has it. */
export type MemoryNote = {
  readonly partId: string;
  readonly conversationId: string;
  readonly adminId: string;
  readonly text: string;
  /** ms, by the given clock. */
  readonly createdAt: number;
  /** From when on `findNote` can read it, ms. */
  readonly shownAt: number;
  /** When the platform took its text away, ms. The text stands here all the same. */
  readonly redactedAt?: number;
};

/** What becomes of a call. Only `answer-lost` lets it happen, and only what changes something can be in doubt. */
export type MemoryFault = "outage" | "limited" | "unauthorized" | "rejected" | "gone" | "request-lost" | "answer-lost";

export type Operation = Exclude<keyof ChatPlatform, "fingerprint">;

export type MemoryChatPlatform = {
  readonly platform: ChatPlatform;
  /** Every note ever written, in order. */
  readonly notes: readonly MemoryNote[];
  /** Every offer ever shown, in order. */
  readonly offers: readonly MemoryOffer[];
  /** Everything else that was ever said where a user could see it, answers among it, in order. */
  readonly comments: readonly MemoryComment[];
  /** Conversations that were deleted, in order, with what was true of each at its end. */
  readonly deletions: readonly { readonly conversationId: string; readonly origin: ConversationOrigin }[];
  /** Every call in order, whatever became of it. */
  readonly calls: readonly { readonly operation: Operation; readonly conversationId: string }[];
  /** By its person, who wrote first, unless `origin` says otherwise. */
  openConversation(conversationId: string, contacts: readonly Contact[], origin?: ConversationOrigin): void;
  /** A person writes in a conversation that may be ours so far; without words, only that they wrote is known. */
  personWrites(conversationId: string, text?: string): void;
  /** A teammate, who is another admin than any product's, writes to the user. */
  teammateReplies(conversationId: string, text: string): MemoryComment;
  /** It is gone from now on; what was written stands in `notes` all the same. */
  closeConversation(conversationId: string): void;
  /** Somebody else, by another admin's id, writes a note. */
  writeNote(note: Pick<MemoryNote, "conversationId" | "adminId" | "text">): MemoryNote;
  /** The next calls (of this operation, if given) meet these faults, one each; then all is well again. */
  failNext(faults: readonly MemoryFault[], operation?: Operation): void;
  /** Every call meets this fault, until `undefined` is given. */
  failAll(fault: MemoryFault | undefined): void;
};

/**
 * A chat platform in memory that keeps the port's contract.
 *
 * @param lagMs how long after it was written a note or an offer is missing from what is read; asked anew for each.
 */
export function createMemoryChatPlatform({
  clock,
  lagMs = 0,
}: {
  readonly clock: Clock;
  readonly lagMs?: number | (() => number);
}): MemoryChatPlatform {
  const conversations = new Map<
    string,
    { readonly contacts: readonly Contact[]; readonly origin: ConversationOrigin }
  >();
  const notes: MemoryNote[] = [];
  const deletions: { conversationId: string; origin: ConversationOrigin }[] = [];
  const calls: { operation: Operation; conversationId: string }[] = [];
  const scripted: { fault: MemoryFault; operation: Operation | undefined }[] = [];
  let lasting: MemoryFault | undefined;

  const begin = (operation: Operation, conversationId: string): MemoryFault | undefined => {
    calls.push({ operation, conversationId });
    const index = scripted.findIndex((next) => next.operation === undefined || next.operation === operation);
    const fault = index < 0 ? lasting : scripted.splice(index, 1)[0]?.fault;
    if (fault !== undefined && fault !== "answer-lost") throw failure(fault, operation);
    if (!conversations.has(conversationId)) throw failure("gone", operation);
    if (fault === "answer-lost" && !writes.has(operation)) throw failure(fault, operation);
    return fault;
  };
  const end = (operation: Operation, fault: MemoryFault | undefined): void => {
    if (fault !== undefined) throw failure(fault, operation);
  };
  const offers = createMemoryOffers({ clock, lagMs, begin, end });
  const comments = createMemoryComments({ clock, lagMs, offers: offers.shown, begin, end });

  /** What is gone counts as deleted, and as redacted. */
  const beginRemoval = (
    operation: "deleteConversation" | "redactNote",
    conversationId: string,
  ): MemoryFault | undefined => {
    try {
      return begin(operation, conversationId);
    } catch (error) {
      if (error instanceof TerminalError && error.reason === "gone") return "gone";
      throw error;
    }
  };

  const writeNote: MemoryChatPlatform["writeNote"] = (note) => {
    const createdAt = clock.now();
    const shownAt = createdAt + (typeof lagMs === "number" ? lagMs : lagMs());
    const written = { ...note, partId: String(1_001 + notes.length), createdAt, shownAt };
    notes.push(written);
    return written;
  };

  const platform: ChatPlatform = {
    async postNote(product, { conversationId, text }) {
      const fault = begin("postNote", conversationId);
      const { partId } = writeNote({ conversationId, adminId: adminOf(product), text });
      end("postNote", fault);
      return { partId };
    },
    fingerprint: (text) => hash(text),
    async findNote(product, { conversationId, fingerprint, createdSince, known }) {
      begin("findNote", conversationId);
      const found = notes.find(
        (note) =>
          note.conversationId === conversationId &&
          note.adminId === adminOf(product) &&
          hash(note.text) === fingerprint &&
          note.createdAt >= createdSince &&
          note.shownAt <= clock.now() &&
          note.redactedAt === undefined &&
          !known.has(note.partId),
      );
      return found && { partId: found.partId };
    },
    async readContacts(_product, conversationId) {
      begin("readContacts", conversationId);
      return conversations.get(conversationId)?.contacts ?? [];
    },
    ...offers.operations,
    ...comments.operations,
    async redactNote(_product, { conversationId, partId }) {
      const fault = beginRemoval("redactNote", conversationId);
      if (fault === "gone") return;
      const index = notes.findIndex((note) => note.conversationId === conversationId && note.partId === partId);
      const note = notes[index];
      if (note) notes[index] = { redactedAt: clock.now(), ...note };
      end("redactNote", fault);
    },
    async readOrigin(product, conversationId) {
      begin("readOrigin", conversationId);
      const { openedByUs, personWrote } = conversations.get(conversationId)?.origin ?? byItsPerson;
      const isAnothers = (part: Pick<MemoryComment, "conversationId" | "adminId">): boolean =>
        part.conversationId === conversationId && part.adminId !== adminOf(product);
      const parts = [...notes, ...offers.shown, ...comments.written];
      return { openedByUs, personWrote: personWrote || parts.some(isAnothers) };
    },
    async deleteConversation(_product, conversationId) {
      const fault = beginRemoval("deleteConversation", conversationId);
      if (fault === "gone") return;
      const origin = conversations.get(conversationId)?.origin ?? byItsPerson;
      conversations.delete(conversationId);
      deletions.push({ conversationId, origin });
      end("deleteConversation", fault);
    },
  };

  return {
    platform,
    notes,
    offers: offers.shown,
    comments: comments.written,
    deletions,
    calls,
    openConversation: (conversationId, contacts, origin = byItsPerson) =>
      void conversations.set(conversationId, { contacts, origin }),
    personWrites(conversationId, text = "") {
      const { contacts = [], origin = byItsPerson } = conversations.get(conversationId) ?? {};
      conversations.set(conversationId, { contacts, origin: { ...origin, personWrote: true } });
      if (text !== "") comments.write({ conversationId, adminId: undefined, text });
    },
    teammateReplies: (conversationId, text) => comments.write({ conversationId, adminId: "teammate", text }),
    closeConversation: (conversationId) => void conversations.delete(conversationId),
    writeNote,
    failNext: (faults, operation) => void scripted.push(...faults.map((fault) => ({ fault, operation }))),
    failAll: (fault) => {
      lasting = fault;
    },
  };
}

const byItsPerson: ConversationOrigin = { openedByUs: false, personWrote: true };

/** The operations that change something. */
const writes: ReadonlySet<Operation> = new Set([
  "postNote",
  "offerHelp",
  "deleteConversation",
  "redactNote",
  "answerUser",
]);

function adminOf(product: Product): string {
  return product.configuration.intercom.adminId;
}

function failure(fault: MemoryFault, operation: Operation): Error {
  const message = `${operation}: ${fault}`;
  switch (fault) {
    case "outage":
      return new RetryableError("failed", message);
    case "limited":
      return new RetryableError("limited", message, { retryAfterMs: 2_000 });
    case "request-lost":
    case "answer-lost":
      return new RetryableError(writes.has(operation) ? "uncertain" : "failed", message);
    case "unauthorized":
    case "rejected":
    case "gone":
      return new TerminalError(fault, message);
    default:
      throw new Error(`Unknown fault: ${fault satisfies never}`);
  }
}
