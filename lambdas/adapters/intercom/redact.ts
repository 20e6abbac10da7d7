import { type Clock, type Product, TerminalError } from "../../app/ports.ts";
import { operations } from "./operations.ts";
import { call } from "./request.ts";

/**
 * Takes the text out of a note; the part stays. A part that is gone counts as redacted.
 *
 * @param baseUrl replaces the product's; undefined for the product's own.
 * @throws RetryableError, TerminalError
 */
export async function redactNote(
  product: Product,
  note: { readonly conversationId: string; readonly partId: string },
  { baseUrl, clock }: { readonly baseUrl: string | undefined; readonly clock: Clock },
): Promise<void> {
  const connection = { product, baseUrl: baseUrl ?? product.configuration.intercom.baseUrl, clock };
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
