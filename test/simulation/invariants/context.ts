import { sessionKey } from "../history.ts";
import type { Cloud } from "../world/cloud.ts";
import type { Redacted } from "../world/language-log.ts";
import type { Invariant } from "./invariant.ts";
import { allNotes } from "./noted.ts";
import { allSummaries } from "./told-parts.ts";

/** Of a range that holds more, a summary tells of the newest. */
const TOO_MANY = 2_000;

/**
 * Whenever an agent looks, each action that was noted stands in a note, or in a summary beside which it stood: what is
 * taken away is looked at when it is. A summary itself is never taken away.
 */
export const context: Invariant = {
  name: "a conversation is never without its context",
  watch: (cloud) => {
    let seen = 0;
    return {
      during: () => {
        const fresh = cloud.language.redactions.slice(seen);
        seen = cloud.language.redactions.length;
        return fresh.flatMap((redacted) => withoutContext(cloud, redacted));
      },
    };
  },
};

function withoutContext(cloud: Cloud, { productId, conversationId, partId, at }: Redacted): readonly string[] {
  const isHere = (part: { readonly productId: string; readonly conversationId: string }): boolean =>
    part.productId === productId && part.conversationId === conversationId;
  const summaries = allSummaries(cloud).filter(isHere);
  if (summaries.some((summary) => summary.partId === partId)) return [`the summary ${partId} is taken away`];
  const notes = allNotes(cloud).filter(isHere);
  const taken = notes.find((note) => note.partId === partId);
  if (!taken) return [`${partId}, which is no note of ours in ${conversationId}, is taken away`];
  const session = sessionKey(productId, taken.sessionId);
  const told = summaries.filter((summary) => summary.session === session && summary.createdAt <= at);
  if (told.some(({ covers }) => covers.length >= TOO_MANY)) return [];
  const left = counted(told.flatMap(({ covers }) => covers));
  const gone = counted(
    notes
      .filter(
        ({ sessionId, redactedAt }) => sessionId === taken.sessionId && redactedAt !== undefined && redactedAt <= at,
      )
      .flatMap(({ texts }) => texts),
  );
  return taken.texts
    .filter((text) => (gone.get(text) ?? 0) > (left.get(text) ?? 0))
    .map((text) => `"${text}" of ${session} is taken away, and no summary tells of it`);
}

function counted(texts: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return counts;
}
