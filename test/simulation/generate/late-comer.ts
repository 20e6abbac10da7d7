import type { Chance } from "../chance.ts";
import type { Fault } from "../fault.ts";
import type { ConversationOf, Happening } from "../scenario.ts";

/**
 * A tab that was left alone for minutes is linked just when its product is paused: all that waits for a note there has left
 * the window by then.
 */
export function generateLateComer(
  chance: Chance,
  { productId, conversationId, contact }: ConversationOf,
  activeMs: readonly number[],
): { readonly happenings: readonly Happening[]; readonly faults: readonly Fault[] } {
  const atMs = chance.pick(activeMs);
  const sessionId = `${conversationId}y`;
  const actions = [{ text: `${sessionId} works 1 in ${productId}`, offsetMs: -250_000 }];
  const batches = [{ sessionId, userId: contact.externalId ?? "", actions }];
  const text = `Hello again from ${conversationId}`;
  return {
    happenings: [
      { type: "body", atMs, productId, batches, againMs: [] },
      { type: "write", atMs: atMs + 4_000, productId, conversationId, agoMs: 0, againMs: [], text },
    ],
    faults: [{ type: "platform", effect: "unauthorized", forMs: 10_000, times: 2, atMs: Math.max(0, atMs - 200) }],
  };
}
