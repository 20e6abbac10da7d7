import type { AcceptedBatch, FoundNote } from "../judge/evidence.ts";

/**
 * How long each batch took from its acceptance to its note, beyond the debounce, ms. One that was sent before its
 * session's user had written waited for the user, and says nothing.
 *
 * @param chattedMs when a session's webhook was accepted; of sessions whose user wrote.
 * @returns one for each batch that was sent so long after it, and whose note stands there; those without a note apart.
 */
export function latencies(
  batches: readonly AcceptedBatch[],
  notes: readonly FoundNote[],
  chattedMs: ReadonlyMap<number, number>,
  { debounceMs, afterChatMs }: { readonly debounceMs: number; readonly afterChatMs: number },
): { readonly beyondDebounceMs: readonly number[]; readonly missing: number } {
  const notedMs = new Map(notes.flatMap(({ actions, createdMs }) => actions.map((action) => [action, createdMs])));
  const measured = batches.filter(
    ({ session, firstSentMs }) => firstSentMs > (chattedMs.get(session) ?? Number.POSITIVE_INFINITY) + afterChatMs,
  );
  const beyond = measured.flatMap(({ actions: [action = ""], acceptedMs }) => {
    const at = notedMs.get(action);
    return at === undefined ? [] : [at - acceptedMs - debounceMs];
  });
  return { beyondDebounceMs: beyond, missing: measured.length - beyond.length };
}
