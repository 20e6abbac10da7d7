import { RetryableError } from "../../app/ports.ts";
import { type Conversation, conversationSchema } from "./conversation.ts";
import { operations } from "./operations.ts";
import { type Connection, call } from "./request.ts";

/**
 * Reads a conversation with its newest parts.
 *
 * @throws TerminalError; RetryableError, never `uncertain`.
 */
export async function readConversation(
  connection: Connection,
  conversationId: string,
  version: string = operations.readConversation.version,
): Promise<Conversation> {
  const operation = { ...operations.readConversation, version };
  const conversation = conversationSchema.safeParse(await call(connection, operation, conversationId));
  if (!conversation.success) {
    throw new RetryableError("failed", `${operations.readConversation.label}: the answer is not a conversation`);
  }
  return conversation.data;
}
