import type { ChatPlatform } from "../../app/ports.ts";
import { fingerprintOfAnswer, toAnswerHtml } from "./answer-text.ts";
import { type Conversation, conversationSchema, type Part, partsOf } from "./conversation.ts";
import { fingerprintOfHtml } from "./note-text.ts";
import { operations } from "./operations.ts";
import { readConversation } from "./read-conversation.ts";
import { type Connection, call, deadline } from "./request.ts";
import { teammateWroteSince } from "./turns.ts";

/**
 * Answers the user by a comment of our admin. The conversation is read first, as late as can be: a teammate's reply that
 * Intercom does not show yet is the one that is not seen. Reading and writing have one call timeout together.
 *
 * @throws TerminalError, RetryableError: unless `uncertain`, which only the writing can be, the user has seen nothing.
 */
export async function answerUser(
  connection: Connection,
  { conversationId, text, unlessTeammateSince }: Parameters<ChatPlatform["answerUser"]>[1],
): Promise<{ partId?: string } | "held"> {
  const { product } = connection;
  const { adminId } = product.configuration.intercom;
  const within = { ...connection, signal: deadline(product) };
  const before = await readConversation(within, conversationId);
  if (teammateWroteSince(before, adminId, unlessTeammateSince)) return "held";

  const comment = { message_type: "comment", type: "admin", admin_id: adminId, body: toAnswerHtml(text) };
  const after = conversationSchema.safeParse(await call(within, operations.comment, conversationId, comment));
  // The comment is written, whatever the answer looks like.
  const newest = after.success ? answersOf(after.data, adminId, fingerprintOfAnswer(text)).at(-1) : undefined;
  return newest === undefined ? {} : { partId: newest.id };
}

/** The comments of this admin with this fingerprint, oldest first. One that reopens a conversation is an `open`. */
export function answersOf(conversation: Conversation, adminId: string, fingerprint: string): readonly Part[] {
  return partsOf(conversation, adminId)
    .filter((part) => part.part_type !== "note")
    .filter((part) => fingerprintOfHtml(part.body ?? "") === fingerprint);
}
