import { type QueuedBatch, sessionKey } from "../history.ts";
import type { Invariant } from "./invariant.ts";
import { newNotes } from "./noted.ts";

/**
 * In a conversation, the notes of a session follow the order in which its batches were queued; within a note, actions are in the order of
 * their own times. A batch that ever was a dead letter has lost its place.
 */
export const order: Invariant = {
  name: "notes are in the order of the actions",
  watch: (cloud) => {
    const fresh = newNotes(cloud);
    const reached = new Map<string, number>();
    return {
      end: () => misplaced([...cloud.history.batches.values()]),
      during: () =>
        fresh().flatMap(({ productId, sessionId, conversationId, texts }) => {
          const session = sessionKey(productId, sessionId);
          const place = JSON.stringify([session, conversationId]);
          const placed = texts.flatMap((text) => {
            const place = placeOf(cloud.history, session, text);
            return place ? [{ text, ...place }] : [];
          });
          const wrong = placed.flatMap(({ text, position, startMs }, index) => {
            const before = placed[index - 1];
            if (before && before.startMs > startMs) return [`"${text}" stands behind a later "${before.text}"`];
            return position < (reached.get(place) ?? -1)
              ? [`"${text}" of ${session} comes after what followed it`]
              : [];
          });
          reached.set(place, Math.max(reached.get(place) ?? -1, ...placed.map(({ position }) => position)));
          return wrong;
        }),
    };
  },
};

/** Pieces of one body that were queued for their session in another order than they have in the body. */
function misplaced(batches: readonly QueuedBatch[]): readonly string[] {
  const last = new Map<string, { readonly id: string; readonly index: number }>();
  return batches.flatMap(({ id, productId, sessionId }) => {
    const [body = "", index = ""] = id.split(".");
    const place = JSON.stringify([sessionKey(productId, sessionId), body]);
    const before = last.get(place);
    last.set(place, { id, index: Number(index) });
    return before && before.index > Number(index) ? [`${id} was queued behind ${before.id}`] : [];
  });
}

/** Where an action's batch stood in the queue; undefined where several say the same, or it has lost its place. */
export function placeOf(
  { batches, lettered }: { readonly batches: ReadonlyMap<string, QueuedBatch>; readonly lettered: ReadonlySet<string> },
  session: string,
  text: string,
): { readonly position: number; readonly startMs: number } | undefined {
  const found = [...batches.values()].flatMap(({ id, productId, sessionId, position, actions }) =>
    sessionKey(productId, sessionId) === session
      ? actions.filter((action) => action.text === text).map(({ startMs }) => ({ id, position, startMs }))
      : [],
  );
  const [only] = found;
  return only && found.length === 1 && !lettered.has(only.id) ? only : undefined;
}
