import { TerminalError } from "../../app/ports.ts";
import { operations } from "./operations.ts";
import { type Connection, call } from "./request.ts";

/**
 * Takes the text out of a note; the part stays. A part that is gone, or has no text any more, counts as redacted.
 *
 * @throws RetryableError, TerminalError: in either case it may be done again.
 */
export async function redactNote(
  connection: Connection,
  note: { readonly conversationId: string; readonly partId: string },
): Promise<void> {
  const body = {
    type: "conversation_part",
    conversation_id: note.conversationId,
    conversation_part_id: note.partId,
  };
  try {
    await call(connection, operations.redact, note.conversationId, body);
  } catch (error) {
    if (!(error instanceof TerminalError && error.reason === "gone")) throw error;
  }
}
