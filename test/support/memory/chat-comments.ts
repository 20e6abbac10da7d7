import type { ChatPlatform, Clock, Product, Turn } from "../../../lambdas/app/ports.ts";
import { hash } from "../../../lambdas/domain/actor/hash.ts";
import { withoutMarks } from "../../../lambdas/domain/text/marked-text.ts";
import type { MemoryOffer } from "./chat-offers.ts";

/** Something that was said in a conversation where the user could see it, other than an offer. */
export type MemoryComment = {
  readonly partId: string;
  readonly conversationId: string;
  /** Undefined for the user. */
  readonly adminId: string | undefined;
  /** As it was written, marks of labels and all. */
  readonly text: string;
  /** ms, by the given clock. */
  readonly createdAt: number;
  /** From when on it can be read, ms. */
  readonly visibleAt: number;
};

type CommentOperations = Pick<ChatPlatform, "readTurns" | "answerUser" | "findAnswer">;

export type MemoryComments = {
  readonly written: readonly MemoryComment[];
  readonly operations: CommentOperations;
  write(comment: Pick<MemoryComment, "conversationId" | "adminId" | "text">): MemoryComment;
};

/**
 * The comments of a chat platform in memory.
 *
 * @param offers stand among the comments.
 * @param begin takes note of a call and of what is to become of it; throws where it does not happen.
 * @param end throws where it happened, and its answer is lost.
 */
export function createMemoryComments<Fault>({
  clock,
  lagMs,
  offers,
  begin,
  end,
}: {
  readonly clock: Clock;
  readonly lagMs: number | (() => number);
  readonly offers: readonly MemoryOffer[];
  begin(operation: keyof CommentOperations, conversationId: string): Fault;
  end(operation: keyof CommentOperations, fault: Fault): void;
}): MemoryComments {
  const written: MemoryComment[] = [];
  const write: MemoryComments["write"] = (comment) => {
    const createdAt = clock.now();
    const visibleAt = createdAt + (typeof lagMs === "number" ? lagMs : lagMs());
    const added = { ...comment, partId: `comment-${written.length + 1}`, createdAt, visibleAt };
    written.push(added);
    return added;
  };
  const turnsOf = (product: Product, conversationId: string): readonly Turn[] => {
    const said = [...written, ...offers.map((offer) => ({ ...offer, text: offer.body }))];
    return said
      .filter((one) => one.conversationId === conversationId && one.visibleAt <= clock.now() && one.text !== "")
      .toSorted((a, b) => a.createdAt - b.createdAt)
      .map(({ adminId, text, createdAt: at }) => {
        const by = speakerOf(product, adminId);
        return { by, text: by === "agent" ? withoutMarks(text) : text, at };
      });
  };

  return {
    written,
    write,
    operations: {
      async readTurns(product, conversationId) {
        begin("readTurns", conversationId);
        return turnsOf(product, conversationId);
      },
      async answerUser(product, { conversationId, text, unlessTeammateSince }) {
        const fault = begin("answerUser", conversationId);
        const turns = turnsOf(product, conversationId);
        if (turns.some(({ by, at }) => by === "teammate" && at >= unlessTeammateSince)) return "held";
        const { partId } = write({ conversationId, adminId: product.configuration.intercom.adminId, text });
        end("answerUser", fault);
        return { partId };
      },
      async findAnswer(product, { conversationId, fingerprint, createdSince, known }) {
        begin("findAnswer", conversationId);
        const found = written.find(
          (comment) =>
            comment.conversationId === conversationId &&
            speakerOf(product, comment.adminId) === "agent" &&
            hash(withoutMarks(comment.text)) === fingerprint &&
            comment.createdAt >= createdSince &&
            comment.visibleAt <= clock.now() &&
            !known.has(comment.partId),
        );
        return found && { partId: found.partId };
      },
    },
  };
}

function speakerOf(product: Product, adminId: string | undefined): Turn["by"] {
  if (adminId === undefined) return "user";
  return adminId === product.configuration.intercom.adminId ? "agent" : "teammate";
}
