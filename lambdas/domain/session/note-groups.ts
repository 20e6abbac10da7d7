import type { ProductConfiguration } from "../product/configuration.ts";
import type { NoteAttempt, SessionState } from "./state.ts";
import type { NoteGroup, Summaries } from "./summaries.ts";

/** While a model is slow, more groups than these become one. */
const MOST_GROUPS = 8;

/** A note stands: with it, there may be enough for a summary. Its group ends here, whenever the summary is made. */
export function countNote(
  state: SessionState,
  { from, through, actions }: Pick<NoteAttempt, "from" | "through" | "actions">,
  { threshold }: ProductConfiguration["summaries"],
  now: number,
): SessionState {
  if (threshold === Number.POSITIVE_INFINITY) return state;
  const summaries = state.summaries ?? nothingNoted(now, from - 1);
  const noted = summaries.noted + actions;
  if (noted < threshold) return { ...state, summaries: { ...summaries, noted } };
  const groups = joined([...summaries.groups, { through, actions: noted }]);
  return { ...state, summaries: { ...summaries, groups, noted: 0 } };
}

/** No summary came of a group: it goes with the next one, or with the next note. */
export function putBack(summaries: Summaries, actions: number): Summaries {
  const [next, ...others] = summaries.groups;
  if (!next) return { ...summaries, noted: summaries.noted + actions };
  return { ...summaries, groups: [{ ...next, actions: next.actions + actions }, ...others] };
}

function joined(groups: readonly NoteGroup[]): readonly NoteGroup[] {
  const [last, before] = [groups.at(-1), groups.at(-2)];
  if (groups.length <= MOST_GROUPS || !last || !before) return groups;
  return [...groups.slice(0, -2), { through: last.through, actions: before.actions + last.actions }];
}

function nothingNoted(since: number, through: number): Summaries {
  return { since, through, groups: [], noted: 0, slot: null, failure: null, redaction: null };
}
