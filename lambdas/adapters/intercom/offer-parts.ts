import { type Conversation, type Part, partsOf } from "./conversation.ts";
import { canonicalHtml, fingerprintOfHtml } from "./note-text.ts";

export type OfferMarks = {
  readonly optionUuids: readonly string[];
  /** Of the body. */
  readonly fingerprint: string;
};

/**
 * The parts of this admin that are this offer, the surest first: those that show its options, then those that speak its
 * body, each oldest first. Whatever kind a part has, it may be one (a reply that reopens a conversation is an `open`),
 * unless it is a note, which no user sees.
 */
export function offersOf(
  conversation: Conversation,
  adminId: string,
  { optionUuids, fingerprint }: OfferMarks,
): readonly Part[] {
  const parts = partsOf(conversation, adminId).filter((part) => part.part_type !== "note");
  const shows = (part: Part): boolean => {
    const shown = new Set(part.metadata?.quick_reply_options.map(({ uuid }) => uuid));
    return optionUuids.length > 0 && optionUuids.every((uuid) => shown.has(uuid));
  };
  const speaks = ({ body }: Part): boolean =>
    canonicalHtml(body ?? "") !== "" && fingerprintOfHtml(body ?? "") === fingerprint;
  return [...parts.filter(shows), ...parts.filter((part) => !shows(part) && speaks(part))];
}
