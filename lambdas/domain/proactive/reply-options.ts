import { uuidV5 } from "../actor/hash.ts";
import { strip } from "../text/strip.ts";

/** One choice of an offer: what the user reads, and the id by which a tap is recognised. */
export type ReplyOption = { readonly text: string; readonly uuid: string };

/** A conversation shows no more. */
export const MOST_OPTIONS = 3;

/** Names made of product and chip are ours alone: a random UUID, once and for all. */
const namespace = "3fd5c5d4-a0bc-4a54-8721-fcfbf515d087";

/** The id of a product's chip, the same for ever: a UUID of version 5 (RFC 9562), because chat platforms ask for one. */
export function optionUuid(productId: string, chipId: string): string {
  return uuidV5(namespace, `${productId}/${chipId}`);
}

/** The options of an offer: the first three chips whose label is not blank, trimmed. Ids are the configuration's. */
export function replyOptions(
  productId: string,
  chips: readonly { readonly id: string; readonly label: string }[],
): readonly ReplyOption[] {
  return chips
    .map(({ id, label }) => ({ text: strip(label), uuid: optionUuid(productId, id) }))
    .filter(({ text }) => text !== "")
    .slice(0, MOST_OPTIONS);
}
