import type { ActivityRow } from "../activity/activity-row.ts";
import type { SlimAction } from "../activity/slim-action.ts";
import { isNamed, type SessionScope } from "./scope.ts";
import type { TriggerContext } from "./trigger.ts";
import { LOOKBACK_MS, MOST_RECENT_ACTIONS } from "./window.ts";

export type ContextParts = {
  readonly scope: SessionScope;
  /** Of this session, in the order of their log. Older ones than the window are left out here. */
  readonly rows: readonly Pick<ActivityRow, "acceptedAt" | "actions">[];
  /** Milliseconds. */
  readonly now: number;
  readonly actionCount?: number | undefined;
  readonly latestSummaryText?: string | undefined;
  readonly priorSessionSummaries?: readonly string[] | undefined;
  readonly extra?: Readonly<Record<string, unknown>> | null | undefined;
};

/** How far a context looks back, both greater than 0. */
export type ContextWindow = { readonly lookbackMs: number; readonly mostActions: number };

/** The last 120 s, at most 50 actions. */
export const contextWindow: ContextWindow = { lookbackMs: LOOKBACK_MS, mostActions: MOST_RECENT_ACTIONS };

/**
 * What a trigger sees of one session. The window is judged by acceptance; an action that names another session is left
 * out, wherever it was logged. Times of actions are put on our clock: the latest of a batch is when it was accepted, so that a
 * browser whose clock is wrong, or a batch that came late, neither shortens nor prolongs a silence.
 *
 * @throws RangeError when the window is none.
 */
export function buildContext(parts: ContextParts, window: ContextWindow = contextWindow): TriggerContext {
  if (!(window.mostActions > 0)) throw new RangeError("a context holds at least one action");
  if (!(window.lookbackMs > 0)) throw new RangeError("a context looks back at least a moment");
  const rows = parts.rows
    .filter(({ acceptedAt }) => acceptedAt >= parts.now - window.lookbackMs)
    .map((row) => ({ acceptedAt: row.acceptedAt, actions: ownActions(row, parts.scope.sessionId) }));
  const recent = rows.flatMap(({ actions }) => actions);
  return contextOf(parts, {
    recentActions: recent.slice(-Math.min(window.mostActions, recent.length || 1)),
    lastActionAt: rows.findLast(({ actions }) => actions.length > 0)?.acceptedAt ?? null,
  });
}

/** A context of given actions, all of them: what a caller chose itself. */
export function contextOf(
  { scope, now, actionCount, latestSummaryText, priorSessionSummaries, extra }: Omit<ContextParts, "rows">,
  { recentActions, lastActionAt }: Pick<TriggerContext, "recentActions" | "lastActionAt">,
): TriggerContext {
  return {
    ...scope,
    now,
    recentActions,
    canonicalUrls: recentActions.map(({ canonical_url }) => canonical_url || null),
    lastActionAt,
    actionCount: actionCount ?? 0,
    latestSummaryText: latestSummaryText ?? "",
    priorSessionSummaries: priorSessionSummaries ?? [],
    extra: extra ?? {},
  };
}

/**
 * The same session later, no action having come since. Only the clock moves: what led to a silence stays in sight, so
 * that a trigger fires at its `silentAt`.
 */
export function afterSilence(context: TriggerContext, now: number): TriggerContext {
  return { ...context, now };
}

function ownActions({ acceptedAt, actions }: Pick<ActivityRow, "acceptedAt" | "actions">, sessionId: string) {
  const own = actions.filter(({ session_id }) => !isNamed(session_id ?? "") || session_id === sessionId);
  const latestS = own.reduce((max, one) => Math.max(max, one.timestamp_start, one.timestamp_end), -Infinity);
  return own.map((action) => shifted(action, acceptedAt / 1_000 - latestS));
}

function shifted(action: SlimAction, byS: number): SlimAction {
  return {
    ...action,
    timestamp_start: action.timestamp_start + byS,
    timestamp_end: action.timestamp_end + byS,
  };
}
