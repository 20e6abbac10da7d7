import type { Chance } from "../chance.ts";
import type { ConversationOf, Happening } from "../scenario.ts";

/** An answer takes seconds. */
const ANSWERED_AFTER_MS = 8_000;

/** A user asks, in bursts now and then; a teammate joins in; a mail client sends our words back. */
export function generateConversation(
  chance: Chance,
  { productId, conversationId }: ConversationOf,
  activeMs: readonly number[],
): readonly Happening[] {
  const happenings: Happening[] = [];
  const place = { productId, conversationId };
  let asked = 0;
  const ask = (atMs: number): void => {
    asked += 1;
    const text = chance.maybe(0.1) ? "How?" : `Question ${asked} of ${conversationId} to ${productId}`;
    const againMs = chance.maybe(0.15) ? [chance.pick([500, 60_000, 301_000])] : [];
    happenings.push({ type: "write", atMs, ...place, agoMs: chance.pick([0, 0, 1_000]), againMs, text });
  };
  for (let turns = chance.between(1, 6); turns > 0; turns -= 1) {
    const atMs = Math.max(0, chance.pick(activeMs) + chance.between(-1_000, 20_000));
    ask(atMs);
    switch (chance.pick(["alone", "alone", "burst", "teammate", "teammate", "echo", "echo"] as const)) {
      case "alone":
        break;
      case "burst":
        for (let more = chance.between(1, 6); more > 0; more -= 1) ask(atMs + chance.between(100, 9_000));
        break;
      case "teammate":
        // Before the question, while the model writes, or as the answer is on its way.
        happenings.push({ type: "reply", atMs: Math.max(0, atMs + chance.between(-20_000, 5_000)), ...place });
        break;
      case "echo":
        happenings.push({ type: "echo", atMs: atMs + ANSWERED_AFTER_MS + chance.between(0, 30_000), ...place });
        break;
      default:
        break;
    }
  }
  // Just when the answer to the last question is on its way.
  const lastMs = Math.max(...happenings.map((happening) => (happening.type === "write" ? happening.atMs : 0)));
  if (chance.maybe(0.08)) happenings.push({ type: "close", atMs: lastMs + chance.between(1_000, 20_000), ...place });
  return happenings;
}
