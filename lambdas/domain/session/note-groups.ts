import type { ProductConfiguration } from "../product/configuration.ts";
import type { NoteAttempt, SessionState } from "./state.ts";
import type { NoteGroup, Summaries } from "./summaries.ts";

/** So many notes that wait while a model thinks are known one by one. */
const MOST_GROUPS = 8;

/** A note stands: with it, there may be enough for a summary. */
export function countNote(
  state: SessionState,
  { from, through, actions }: Pick<NoteAttempt, "from" | "through" | "actions">,
  { threshold }: ProductConfiguration["summaries"],
  now: number,
): SessionState {
  if (threshold === Number.POSITIVE_INFINITY) return state;
  const summaries = state.summaries ?? nothingNoted(now, Math.max(from - 1, state.forgottenThrough));
  // A note of what is forgotten stays, and no summary tells of it.
  if (from <= summaries.through) return state.summaries ? state : { ...state, summaries };
  const groups = joined([...summaries.groups, { through, actions }], threshold);
  return { ...state, summaries: { ...summaries, groups } };
}

/**
 * Takes up notes in order until enough of them are together. A summary ends there, however late it is made; and one that
 * came to nothing is made again with one more note.
 *
 * @returns `enough`: null when all are taken up, and a later note has to bring the rest
 */
export function gather(
  { noted, groups }: Summaries,
  { threshold }: ProductConfiguration["summaries"],
): { readonly enough: NoteGroup | null; readonly left: Pick<Summaries, "noted" | "groups"> } {
  let actions = noted;
  for (const [at, group] of groups.entries()) {
    actions += group.actions;
    if (actions < threshold) continue;
    return { enough: { through: group.through, actions }, left: { noted: 0, groups: groups.slice(at + 1) } };
  }
  return { enough: null, left: { noted: actions, groups: [] } };
}

/** No summary came of actions that had been enough for one. */
export function putBack(summaries: Summaries, actions: number): Summaries {
  return { ...summaries, noted: summaries.noted + actions };
}

/** Too many notes become groups that each have enough; too many of these, fewer. */
function joined(notes: readonly NoteGroup[], threshold: number): readonly NoteGroup[] {
  if (notes.length <= MOST_GROUPS) return notes;
  const groups: NoteGroup[] = [];
  for (const { through, actions } of notes) {
    const last = groups.at(-1);
    if (last && (last.actions < threshold || groups.length === MOST_GROUPS)) {
      groups.splice(-1, 1, { through, actions: last.actions + actions });
    } else groups.push({ through, actions });
  }
  return groups;
}

function nothingNoted(since: number, through: number): Summaries {
  return { since, through, groups: [], noted: 0, slot: null, failure: null, redaction: null };
}
