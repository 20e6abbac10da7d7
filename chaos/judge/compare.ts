import type { Evidence, FoundNote } from "./evidence.ts";
import { disorder } from "./order.ts";

/** What the outcome table and the rules allow to become of an accepted action, and what they do not. */
export const endings = ["noted", "kept", "refused", "deadLettered", "expired", "foreign", "lost"] as const;

/**
 * - `noted`: stands in its own conversation.
 * - `kept`: waits in the activity log of a session that has no conversation.
 * - `refused`: was in a note that the platform refused for good.
 * - `deadLettered`: lies in a dead-letter queue, or waits for a link that lies there.
 * - `expired`: had left the window before the link, and is in the log.
 * - `foreign`: stands in another's conversation only.
 * - `lost`: none of these.
 */
export type Ending = (typeof endings)[number];

export type Verdict = {
  readonly accepted: number;
  /** Noted or kept. */
  readonly delivered: number;
  /** They add up to `accepted`. */
  readonly endings: Readonly<Record<Ending, number>>;
  readonly lost: readonly string[];
  /** Standing more than once in notes, or in the log of their session. */
  readonly doubled: readonly string[];
  /** Standing in a conversation that is not their session's. */
  readonly foreign: readonly string[];
  /** The first action of each batch that stands before one that was accepted earlier. */
  readonly disordered: readonly string[];
};

/** Holds what was accepted against what was delivered. */
export function compare(evidence: Evidence): Verdict {
  const { accepted, conversations, notes, log } = evidence;
  const notesIn = Map.groupBy(notes, ({ conversationId }) => conversationId);
  const places = placesOf(notes);
  const batchesOf = Map.groupBy(accepted, ({ session }) => session);
  const counts: Record<Ending, number> = {
    noted: 0,
    kept: 0,
    refused: 0,
    deadLettered: 0,
    expired: 0,
    foreign: 0,
    lost: 0,
  };
  const found = { lost: [] as string[], doubled: [] as string[], foreign: [] as string[], disordered: [] as string[] };

  for (const [session, batches] of batchesOf) {
    const conversation = conversations.get(session);
    const own = conversation === undefined ? [] : (notesIn.get(conversation) ?? []);
    const rows = log.get(session) ?? [];
    const inLog = new Map<string, number>();
    for (const action of rows) inLog.set(action, (inLog.get(action) ?? 0) + 1);
    for (const batch of batches) {
      for (const action of batch.actions) {
        const stands = places.get(action) ?? [];
        if (stands.length > 1 || (inLog.get(action) ?? 0) > 1) found.doubled.push(action);
        if (stands.some((place) => place !== conversation)) found.foreign.push(action);
        const ending = endingOf(evidence, session, action, { stands, inLog: inLog.has(action) });
        counts[ending] += 1;
        if (ending === "lost") found.lost.push(action);
      }
    }
    const sequences = [rows, own.flatMap(({ actions }) => actions)];
    found.disordered.push(...new Set(sequences.flatMap((sequence) => disorder(batches, sequence))));
  }
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
  return { accepted: total, delivered: counts.noted + counts.kept, endings: counts, ...found };
}

/** In which conversations an action stands, once for each time. */
function placesOf(notes: readonly FoundNote[]): ReadonlyMap<string, readonly string[]> {
  const places = new Map<string, string[]>();
  for (const { conversationId, actions } of notes) {
    for (const action of actions) places.set(action, [...(places.get(action) ?? []), conversationId]);
  }
  return places;
}

function endingOf(
  { conversations, refused, deadLettered, expired, unlinked }: Evidence,
  session: number,
  action: string,
  { stands, inLog }: { readonly stands: readonly string[]; readonly inLog: boolean },
): Ending {
  const conversation = conversations.get(session);
  if (conversation !== undefined && stands.includes(conversation)) return "noted";
  if (stands.length > 0) return "foreign";
  if (refused.has(action)) return "refused";
  if (deadLettered.has(action)) return "deadLettered";
  if (!inLog) return "lost";
  if (conversation === undefined) return "kept";
  if (unlinked.has(session)) return "deadLettered";
  return expired.has(action) ? "expired" : "lost";
}

/** Nothing happened that no rule allows. */
export function isSound({ lost, doubled, foreign, disordered }: Verdict): boolean {
  return [lost, doubled, foreign, disordered].every((actions) => actions.length === 0);
}
