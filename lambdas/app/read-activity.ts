import type { ActivityRow } from "../domain/activity/activity-row.ts";
import type { SlimAction } from "../domain/activity/slim-action.ts";
import type { SessionActor } from "../domain/actor/actor.ts";
import type { ActorStore, SummaryRow } from "./ports.ts";

/** More than a summary's threshold is by default, and as many as a trigger sees. */
export const MOST_RECENT_ACTIONS = 50;

/** Some 6,000 characters: what came before hardly matters for a question of now. */
const MOST_SUMMARIES = 5;

/** What a session did, as a prompt is told it. */
export type SessionActivity = {
  /** Plain, on one line: the latest summaries, oldest first, of what came before the actions. Null where none stands. */
  readonly summary: string | null;
  /** What came after it: at most the {@link MOST_RECENT_ACTIONS} newest, in the order of their times. */
  readonly actions: readonly SlimAction[];
};

/**
 * Reads what a session did in its rows `after < n <= through`: its summaries, and the actions that came after what they
 * cover.
 *
 * @param range `after`: what is forgotten. A summary that reaches back over it tells of what is forgotten, and is none.
 * @throws what {@link ActorStore.activity} throws
 */
export async function readSessionActivity(
  store: Pick<ActorStore, "activity" | "summaries">,
  actor: SessionActor,
  { after, through }: { readonly after: number; readonly through: number },
): Promise<SessionActivity> {
  const summaries = await latestSummaries(store, actor, { after, through });
  const covered = summaries.at(-1)?.through ?? after;
  const actions = await readActions(store, actor, { after: covered, through }, MOST_RECENT_ACTIONS);
  return { summary: summaries.map(({ text }) => text).join(" ") || null, actions };
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

/** Oldest first. Those of one life follow one another without a gap, so that the newest and the oldest tell of all. */
async function latestSummaries(
  store: Pick<ActorStore, "activity" | "summaries">,
  actor: SessionActor,
  range: { readonly after: number; readonly through: number },
): Promise<readonly SummaryRow[]> {
  const found: SummaryRow[] = [];
  for await (const row of store.summaries(actor, { ...range, newestFirst: true })) {
    const [oldest] = found;
    if (!oldest && !(await isOfThisLife(store, actor, row))) continue;
    if (row.after < range.after || (oldest && row.through !== oldest.after)) break;
    found.unshift(row);
    if (found.length === MOST_SUMMARIES) break;
  }
  while (found.length > 1 && found[0] && !(await isOfThisLife(store, actor, found[0]))) found.shift();
  return found;
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
