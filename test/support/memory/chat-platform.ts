import {
  type ChatPlatform,
  type Clock,
  type Contact,
  type Product,
  RetryableError,
  TerminalError,
} from "../../../lambdas/app/ports.ts";
import { hash } from "../../../lambdas/domain/actor/hash.ts";

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
};

/** What becomes of a call. Only `answer-lost` lets it happen, and only a note can be in doubt. */
export type MemoryFault = "outage" | "limited" | "unauthorized" | "rejected" | "gone" | "request-lost" | "answer-lost";

export type Operation = Exclude<keyof ChatPlatform, "fingerprint">;

export type MemoryChatPlatform = {
  readonly platform: ChatPlatform;
  /** Every note ever written, in order. */
  readonly notes: readonly MemoryNote[];
  /** Every call in order, whatever became of it. */
  readonly calls: readonly { readonly operation: Operation; readonly conversationId: string }[];
  openConversation(conversationId: string, contacts: readonly Contact[]): void;
  /** It is gone from now on; what was written stands in `notes` all the same. */
  closeConversation(conversationId: string): void;
  /** Somebody else, by another admin's id, writes a note. */
  writeNote(note: Omit<MemoryNote, "partId" | "createdAt" | "shownAt">): MemoryNote;
  /** The next calls (of this operation, if given) meet these faults, one each; then all is well again. */
  failNext(faults: readonly MemoryFault[], operation?: Operation): void;
  /** Every call meets this fault, until `undefined` is given. */
  failAll(fault: MemoryFault | undefined): void;
};

/**
 * A chat platform in memory that keeps the port's contract.
 *
 * @param lagMs how long after it was written a note is missing from what `findNote` reads; asked anew for each note.
 */
export function createMemoryChatPlatform({
  clock,
  lagMs = 0,
}: {
  readonly clock: Clock;
  readonly lagMs?: number | (() => number);
}): MemoryChatPlatform {
  const conversations = new Map<string, readonly Contact[]>();
  const notes: MemoryNote[] = [];
  const calls: { operation: Operation; conversationId: string }[] = [];
  const scripted: { fault: MemoryFault; operation: Operation | undefined }[] = [];
  let lasting: MemoryFault | undefined;

  const begin = (operation: Operation, conversationId: string): MemoryFault | undefined => {
    calls.push({ operation, conversationId });
    const index = scripted.findIndex((next) => next.operation === undefined || next.operation === operation);
    const fault = index < 0 ? lasting : scripted.splice(index, 1)[0]?.fault;
    if (fault !== undefined && fault !== "answer-lost") throw failure(fault, operation);
    if (!conversations.has(conversationId)) throw failure("gone", operation);
    if (fault === "answer-lost" && operation !== "postNote") throw failure(fault, operation);
    return fault;
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
      if (fault !== undefined) throw failure(fault, "postNote");
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
          !known.has(note.partId),
      );
      return found && { partId: found.partId };
    },
    async readContacts(_product, conversationId) {
      begin("readContacts", conversationId);
      return conversations.get(conversationId) ?? [];
    },
  };

  return {
    platform,
    notes,
    calls,
    openConversation: (conversationId, contacts) => void conversations.set(conversationId, contacts),
    closeConversation: (conversationId) => void conversations.delete(conversationId),
    writeNote,
    failNext: (faults, operation) => void scripted.push(...faults.map((fault) => ({ fault, operation }))),
    failAll: (fault) => {
      lasting = fault;
    },
  };
}

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
      return new RetryableError(operation === "postNote" ? "uncertain" : "failed", message);
    case "unauthorized":
    case "rejected":
    case "gone":
      return new TerminalError(fault, message);
    default:
      throw new Error(`Unknown fault: ${fault satisfies never}`);
  }
}
