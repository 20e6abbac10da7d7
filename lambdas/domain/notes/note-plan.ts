import type { ActivityRow } from "../activity/activity-row.ts";
import type { SlimAction } from "../activity/slim-action.ts";
import type { Link, SessionState } from "../session/state.ts";

/** No maximum is documented for a note. These keep one readable and its HTML far below what any API takes. */
const MAX_ACTIONS = 300;
const MAX_CHARACTERS = 40_000;

/** The header, and what stands around a description on its line. */
const HEADER_CHARACTERS = 320;
const LINE_CHARACTERS = 8;

/** Which rows of the log the next note is made of: `after < n <= through`. */
export type WaitingRows = {
  readonly after: number;
  readonly through: number;
  /** Set for the at-link note: only actions that had not left the window by then, in bins. */
  readonly link: Link | null;
};

/** The next note's rows: those that waited for the link first, then the later ones. Call it only when something waits. */
export function waitingRows(state: SessionState): WaitingRows {
  const { link, postedThrough } = state;
  return link && postedThrough < link.through
    ? { after: postedThrough, through: link.through, link }
    : { after: postedThrough, through: state.appended, link: null };
}

/**
 * True when neither this row nor any before it can hold an action of the window: rows are in the order of acceptance,
 * and an action is at most as far ahead of its acceptance as the session's clock was seen to be.
 */
export function isBeforeWindow(row: ActivityRow, link: Link, state: SessionState): boolean {
  return row.acceptedAt + state.clockAheadMs < link.windowStartS * 1_000;
}

export type NotePlan = {
  readonly from: number;
  readonly through: number;
  /** In the order of acceptance; the note sorts them by their own times. */
  readonly actions: readonly SlimAction[];
};

/**
 * Takes as many whole rows as fit one note, in order. A row is never split: the edge cuts batches so that each fits. Null
 * when no row has an action for the note, which only the window can cause.
 *
 * @param rows ascending; may stop early once they exceed one note
 */
export function planNote(rows: readonly ActivityRow[], waiting: WaitingRows): NotePlan | null {
  const actions: SlimAction[] = [];
  let characters = HEADER_CHARACTERS;
  let from = 0;
  let through = waiting.after;
  for (const row of rows) {
    const { link } = waiting;
    const own = link ? row.actions.filter((action) => action.timestamp_start >= link.windowStartS) : row.actions;
    const length = noteCharacters(own);
    const full = actions.length + own.length > MAX_ACTIONS || characters + length > MAX_CHARACTERS;
    if (full && actions.length > 0) return { from, through, actions };
    if (own.length > 0 && actions.length === 0) from = row.n;
    actions.push(...own);
    characters += length;
    through = row.n;
  }
  if (actions.length === 0) return null;
  // The at-link note also settles the rows between its own that had nothing in the window.
  return { from, through: waiting.link ? waiting.through : through, actions };
}

/** Whether these rows are more than one note holds, so that reading further is idle. */
export function exceedsOneNote(rows: readonly ActivityRow[]): boolean {
  const actions = rows.flatMap((row) => row.actions);
  return actions.length > MAX_ACTIONS || HEADER_CHARACTERS + noteCharacters(actions) > MAX_CHARACTERS;
}

function noteCharacters(actions: readonly SlimAction[]): number {
  return actions.reduce((sum, { description }) => sum + description.length + LINE_CHARACTERS, 0);
}
