import type { Chance } from "../chance.ts";
import type { ConversationOf, Happening } from "../scenario.ts";

/** What a user does for a while, so that there is something to summarise. */
export type Work = {
  readonly happenings: readonly Happening[];
  /** When something was done. */
  readonly activeMs: readonly number[];
};

/**
 * A user writes once, so that their conversation is known, and works on: in steps of seconds, or with pauses of minutes.
 *
 * @param sessions of the user: tabs
 */
export function generateWork(
  chance: Chance,
  { productId, conversationId, openedByUs, contact }: ConversationOf,
  sessions: readonly string[],
  beginsMs: number,
  long: boolean,
): Work {
  const userId = contact.externalId ?? "";
  const main = chance.pick(sessions);
  const pace = chance.pick([400, 3_000, 12_000, 90_000]);
  const bodies = long ? chance.between(4, 24) : chance.between(2, 5);
  const happenings: Happening[] = [];
  const activeMs: number[] = [];
  let atMs = beginsMs;
  let done = 0;
  for (let body = 0; body < bodies; body += 1) {
    const sessionId = chance.maybe(0.85) ? main : chance.pick(sessions);
    const actions = Array.from({ length: chance.pick([1, 1, 2, 3, 9]) }, () => {
      done += 1;
      return { text: `${sessionId} works ${done} in ${productId}`, offsetMs: -200 };
    });
    const againMs = chance.maybe(0.05) ? [chance.pick([2_000, 301_000])] : [];
    happenings.push({ type: "body", atMs, productId, batches: [{ sessionId, userId, actions }], againMs });
    activeMs.push(atMs);
    atMs += chance.between(pace / 4, pace * 2);
  }
  const meetsMs = beginsMs + chance.between(0, 3_000);
  const place = { atMs: meetsMs, productId, conversationId };
  if (openedByUs) happenings.push({ type: "claim", ...place, sessionId: main, userId });
  else happenings.push({ type: "write", ...place, agoMs: 0, againMs: [], text: `Hello, ${userId} here` });
  // Elsewhere, the product knows no more of them than their address.
  if (contact.email && chance.maybe(0.4)) {
    const actions = [{ text: `${conversationId}x works 1 in ${productId}`, offsetMs: -200 }];
    const batches = [{ sessionId: `${conversationId}x`, email: contact.email, actions }];
    happenings.push({ type: "body", atMs: beginsMs, productId, batches, againMs: [] });
  }
  return { happenings, activeMs };
}
