import type { ActivityRow } from "../../../lambdas/domain/activity/activity-row.ts";

/** How far back the reference's store looks, and for how many actions: the latest. Ours has no such window: a summary has. */
export type ReferenceWindow = { readonly lookbackMs: number; readonly mostActions: number };

/** Its default for chatbots: 300 s, and 20 actions. */
export const referenceWindow: ReferenceWindow = { lookbackMs: 300_000, mostActions: 20 };

/**
 * The rows that the reference's store would hold: recent by their time of acceptance, in the order of the log, with the
 * latest actions of them; of the row that the limit falls into, the last ones.
 */
export function rowsInWindow<Row extends Pick<ActivityRow, "acceptedAt" | "actions">>(
  rows: readonly Row[],
  now: number,
  { lookbackMs, mostActions }: ReferenceWindow,
): readonly Row[] {
  const kept: Row[] = [];
  let left = mostActions;
  for (const row of rows.filter(({ acceptedAt }) => acceptedAt >= now - lookbackMs).toReversed()) {
    if (left <= 0) break;
    kept.push({ ...row, actions: row.actions.slice(Math.max(0, row.actions.length - left)) });
    left -= row.actions.length;
  }
  return kept.reverse();
}
