import type { ActivityRow } from "../domain/activity/activity-row.ts";
import type { SessionActor } from "../domain/actor/actor.ts";
import { exceedsOneNote, isBeforeWindow, type WaitingRows, waitingRows } from "../domain/notes/note-plan.ts";
import type { SessionState } from "../domain/session/state.ts";
import type { ActorStore } from "./ports.ts";

/**
 * Reads the rows that the next note may be made of, ascending: for the at-link note back to the start of its window,
 * otherwise as many as one note holds. Rows that this turn is about to commit are taken from memory; a turn that posts
 * what it has just accepted reads nothing.
 */
export async function readWaitingRows(
  store: ActorStore,
  actor: SessionActor,
  state: SessionState,
  uncommitted: readonly ActivityRow[],
): Promise<{ readonly waiting: WaitingRows; readonly rows: readonly ActivityRow[] }> {
  const waiting = waitingRows(state);
  const fresh = uncommitted.filter(({ n }) => n > waiting.after && n <= waiting.through);
  const committedThrough = Math.min(waiting.through, (uncommitted[0]?.n ?? state.appended + 1) - 1);
  const { after, link } = waiting;
  if (after >= committedThrough) return { waiting, rows: fresh };
  const rows: ActivityRow[] = [];
  const range = { after, through: committedThrough, newestFirst: link !== null };
  for await (const row of store.activity(actor, range)) {
    if (link && isBeforeWindow(row, link, state)) break;
    rows.push(row);
    if (!link && exceedsOneNote(rows)) break;
  }
  if (link) rows.reverse();
  return { waiting, rows: !link && exceedsOneNote(rows) ? rows : [...rows, ...fresh] };
}
