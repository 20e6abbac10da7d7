import type { ActivityRow } from "../domain/activity/activity-row.ts";
import type { SessionActor } from "../domain/actor/actor.ts";
import { contextWindow } from "../domain/proactive/context.ts";
import type { SessionState } from "../domain/session/state.ts";
import type { ActorStore } from "./ports.ts";

/**
 * Reads what a trigger may see, ascending: back from the newest row for as long as a context looks, and no further than
 * it holds actions. Rows that this turn is about to commit are taken from memory.
 */
export async function readRecentRows(
  store: ActorStore,
  actor: SessionActor,
  { appended, lastAcceptedAt, forgottenThrough }: SessionState,
  uncommitted: readonly ActivityRow[],
): Promise<readonly ActivityRow[]> {
  const through = (uncommitted[0]?.n ?? appended + 1) - 1;
  const rows = [...uncommitted].reverse();
  let count = rows.reduce((sum, { actions }) => sum + actions.length, 0);
  if (count < contextWindow.mostActions && through > 0) {
    for await (const row of store.activity(actor, { after: forgottenThrough, through, newestFirst: true })) {
      if (row.acceptedAt < lastAcceptedAt - contextWindow.lookbackMs) break;
      rows.push(row);
      count += row.actions.length;
      if (count >= contextWindow.mostActions) break;
    }
  }
  return rows.reverse();
}
