import { type HelpOffer, TerminalError } from "../../app/ports.ts";
import { conversationSchema } from "./conversation.ts";
import { fingerprintOfText, toNoteHtml } from "./note-text.ts";
import { offersOf } from "./offer-parts.ts";
import { type Operation, operations } from "./operations.ts";
import { type Connection, call, deadline } from "./request.ts";

/** The products, with their version, whose Intercom was seen to take options only without a body. */
export type ApartProducts = Set<string>;

/**
 * Offers help by a quick reply. Intercom's schema lets it have a body, its example has none, and workspaces are reported
 * to refuse one. So where it is refused (400, 422: nothing was written), the body goes first, as a comment, and the
 * options follow without a body; a product for which that worked is remembered, and spared the refusal.
 *
 * All requests together have one call timeout. The user has seen the offer once the body stands, so that from then on
 * nothing can fail any more: a call that is made again would say the same sentence twice. If the options do not follow,
 * or the process dies before they could, the offer stands without them, and a user who types a label is understood.
 *
 * @returns the id of the part with the options, or of the comment without them, as far as Intercom told it.
 * @throws TerminalError, RetryableError: unless `uncertain`, the user has seen nothing.
 */
export async function offerHelp(
  connection: Connection,
  offer: HelpOffer,
  apart: ApartProducts,
): Promise<{ partId?: string; bare?: true }> {
  const { product } = connection;
  const version = product.configuration.proactive.quickReplyVersion;
  const within = { ...connection, signal: deadline(product) };
  const quickReply = { ...operations.offerHelp, version };
  const write = (operation: Operation, reply: object) => writePart(within, operation, offer, reply);
  const { body, ...chips } = quickReplyBody(product.configuration.intercom.adminId, offer);
  const form = JSON.stringify([product.productId, version]);

  if (!apart.has(form)) {
    const written = await write(quickReply, { ...chips, body }).catch((error) => {
      if (error instanceof TerminalError && error.reason === "rejected") return undefined;
      throw error;
    });
    if (written) return written;
  }

  const { type, admin_id } = chips;
  const spoken = await write(operations.comment, { message_type: "comment", type, admin_id, body });
  try {
    const shown = await write(quickReply, chips);
    apart.add(form);
    return { ...spoken, ...shown };
  } catch {
    return { ...spoken, bare: true };
  }
}

/** A quick reply that has its body and its options in one. */
export function quickReplyBody(adminId: string, { body, options }: Pick<HelpOffer, "body" | "options">) {
  return {
    message_type: "quick_reply",
    type: "admin",
    admin_id: adminId,
    body: toNoteHtml(body),
    reply_options: options,
  };
}

/** Writes one part of an offer in the admin's name. Once it is written, it is, whatever the answer looks like. */
async function writePart(
  connection: Connection,
  operation: Operation,
  { conversationId, body, options }: HelpOffer,
  reply: object,
): Promise<{ partId?: string }> {
  const { adminId } = connection.product.configuration.intercom;
  const conversation = conversationSchema.safeParse(await call(connection, operation, conversationId, reply));
  if (!conversation.success) return {};
  const marks = { optionUuids: options.map(({ uuid }) => uuid), fingerprint: fingerprintOfText(body) };
  const newest = offersOf(conversation.data, adminId, marks)
    .toSorted((a, b) => a.created_at - b.created_at)
    .at(-1);
  return newest === undefined ? {} : { partId: newest.id };
}
