import type { ActivityRow } from "../../lambdas/domain/activity/activity-row.ts";
import type { Link } from "../../lambdas/domain/session/state.ts";

/**
 * Which actions of a session the rule lets go: those that waited for the link, and happened longer than the window before
 * the last batch that waited was accepted.
 *
 * @param rows of the session's log, ascending.
 * @param link as the session remembers it: its range is believed, its window is reckoned here.
 * @param windowMs the product's.
 */
export function expiredActions(
  rows: readonly ActivityRow[],
  link: Pick<Link, "through"> | null,
  windowMs: number,
): readonly string[] {
  const waited = link ? rows.filter(({ n }) => n <= link.through) : [];
  const windowStartMs = (waited.at(-1)?.acceptedAt ?? 0) - windowMs;
  return waited.flatMap(({ actions }) =>
    actions.flatMap((action) => (action.timestamp_start * 1_000 < windowStartMs ? [action.description] : [])),
  );
}
