import type { AcceptedBatch } from "./evidence.ts";

/**
 * Which of a session's batches stand before one that was accepted earlier, or not in their own order. Batches whose requests overlapped have no
 * order: only one that was answered before the other was sent has to stand first. What is missing is in no wrong place.
 *
 * @param sequence actions as they stand in one place.
 * @returns an action of each batch that is out of order.
 */
export function disorder(batches: readonly AcceptedBatch[], sequence: readonly string[]): readonly string[] {
  const places = new Map<string, number>();
  // Of an action that stands there twice, the first counts: that there are two is another trouble.
  sequence.forEach((action, place) => void (places.has(action) || places.set(action, place)));
  const placed = batches.flatMap((batch) => {
    const at = batch.actions.flatMap((action) => places.get(action) ?? []);
    return at.length === 0 ? [] : [{ ...batch, at, first: Math.min(...at), last: Math.max(...at) }];
  });
  return placed.flatMap((batch) => {
    const isWithin = batch.at.every((place, n) => n === 0 || place > (batch.at[n - 1] ?? 0));
    const isAfter = placed.every((other) => !(other.acceptedMs < batch.firstSentMs) || other.last < batch.first);
    return isWithin && isAfter ? [] : batch.actions.slice(0, 1);
  });
}
