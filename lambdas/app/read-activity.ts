import type { ActivityRow } from "../domain/activity/activity-row.ts";
import type { SlimAction } from "../domain/activity/slim-action.ts";
import type { SessionActor } from "../domain/actor/actor.ts";
import type { ActorStore, SummaryRow } from "./ports.ts";

/** More than a summary's threshold is by default, and as many as a trigger sees. */
export const MOST_ACTIONS = 50;

/** What a session did, as a prompt is told it. */
export type SessionActivity = {
  /** Plain; of everything up to where the actions begin. Null where no summary stands. */
  readonly summary: string | null;
  /** What came after the summary: at most the {@link MOST_ACTIONS} newest, in the order of their times. */
  readonly actions: readonly SlimAction[];
};

/**
 * Reads what a session did in its rows `after < n <= through`: the newest summary, and the actions that came after what it
 * covers.
 *
 * @param range `after`: what is forgotten. A summary that reaches back over it tells of what is forgotten, and is none.
 * @throws what {@link ActorStore.activity} throws
 */
export async function readSessionActivity(
  store: Pick<ActorStore, "activity" | "summaries">,
  actor: SessionActor,
  { after, through }: { readonly after: number; readonly through: number },
): Promise<SessionActivity> {
  const summary = await newestSummary(store, actor, { after, through });
  const actions = await readActions(store, actor, { after: summary?.through ?? after, through }, MOST_ACTIONS);
  return { summary: summary?.text ?? null, actions };
}

/**
 * The actions of rows `after < n <= through`, in the order of their times; those of the newest rows where there are more
 * than `most`.
 *
 * @param range `acceptedAfter`: rows that were accepted by then (ms) are left out
 * @throws what {@link ActorStore.activity} throws
 */
export async function readActions(
  store: Pick<ActorStore, "activity">,
  actor: SessionActor,
  {
    after,
    through,
    acceptedAfter = 0,
  }: { readonly after: number; readonly through: number; readonly acceptedAfter?: number },
  most: number,
): Promise<readonly SlimAction[]> {
  const rows: ActivityRow[] = [];
  let count = 0;
  for await (const row of store.activity(actor, { after, through, newestFirst: true })) {
    if (row.acceptedAt <= acceptedAfter) break;
    rows.push(row);
    count += row.actions.length;
    if (count >= most) break;
  }
  return rows
    .reverse()
    .flatMap(({ actions }) => actions)
    .toSorted((one, other) => one.timestamp_start - other.timestamp_start)
    .slice(-most);
}

async function newestSummary(
  store: Pick<ActorStore, "activity" | "summaries">,
  actor: SessionActor,
  range: { readonly after: number; readonly through: number },
): Promise<SummaryRow | undefined> {
  for await (const row of store.summaries(actor, { ...range, newestFirst: true })) {
    if (await isOfThisLife(store, actor, row)) return row.after >= range.after ? row : undefined;
  }
  return undefined;
}

/**
 * A session that expired counts its rows from 1 again, and summaries of before may still lie there. What they cover has
 * been overwritten since: by what was accepted after they were posted.
 */
async function isOfThisLife(
  store: Pick<ActorStore, "activity">,
  actor: SessionActor,
  { through, postedAt }: SummaryRow,
): Promise<boolean> {
  for await (const covered of store.activity(actor, { after: through - 1, through, newestFirst: true })) {
    return covered.acceptedAt <= postedAt;
  }
  return false;
}
