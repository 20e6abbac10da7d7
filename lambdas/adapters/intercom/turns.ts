import type { Turn } from "../../app/ports.ts";
import { type Conversation, createdSince, type Part, partsIn } from "./conversation.ts";
import { plainHtml } from "./note-text.ts";
import { isPersonType } from "./person-type.ts";

/**
 * The kinds of part whose body the user sees: a reply, and what may carry one along (Intercom, "Reply to a conversation"
 * and "Manage a conversation"). Any other may be internal (`note`, `note_and_reopen`, a summary for the inbox), also one
 * that Intercom adds tomorrow.
 */
const visibleKinds: ReadonlySet<string> = new Set(["comment", "open", "close", "assignment", "quick_reply"]);

type Written = Pick<Part, "author" | "body" | "created_at" | "redacted">;

/** What was said in a conversation and can still be read, oldest first. The first message stands in its `source`. */
export function turnsOf(conversation: Conversation, adminId: string): readonly Turn[] {
  return writtenIn(conversation).flatMap((written) => turnOf(written, adminId) ?? []);
}

/**
 * Whether an admin other than ours has, or may have, written to the user at or after `since` (ms). A message that is sent
 * by itself in an admin's name counts as well: nobody is harmed by an answer that is held.
 */
export function teammateWroteSince(conversation: Conversation, adminId: string, since: number): boolean {
  return writtenIn(conversation).some(
    (written) => createdSince(written, since) && turnOf(written, adminId)?.by === "teammate",
  );
}

function writtenIn(conversation: Conversation): readonly Written[] {
  const { source, created_at } = conversation;
  const replies = partsIn(conversation).filter(({ part_type }) => visibleKinds.has(part_type));
  return source ? [{ ...source, created_at: created_at ?? 0 }, ...replies] : replies;
}

/** Undefined for what says nothing, any more or at all, and for what a machine said. */
function turnOf({ author, body, created_at, redacted }: Written, adminId: string): Turn | undefined {
  const by = speakerOf(author, adminId);
  const text = plainHtml(body ?? "");
  return by === undefined || redacted || text === "" ? undefined : { by, text, at: created_at * 1_000 };
}

function speakerOf(author: Part["author"], adminId: string): Turn["by"] | undefined {
  if (author?.type === "admin") return author.id === adminId ? "agent" : "teammate";
  return author && isPersonType(author.type) ? "user" : undefined;
}
