import { parseActionsPayload } from "../../../lambdas/domain/activity/actions-payload.ts";
import type { ActivityRow } from "../../../lambdas/domain/activity/activity-row.ts";
import { activityContext, enrichQuery, userActivity } from "../../../lambdas/domain/language/activity-context.ts";
import { recentRows, recentSessions } from "../../../lambdas/domain/language/recent-activity.ts";
import { strip } from "../../../lambdas/domain/text/strip.ts";
import type { Adapters, Input } from "../adapter.ts";

type Row = Pick<ActivityRow, "n" | "acceptedAt" | "actions">;
type Log = { readonly productId: string; readonly sessionId: string; readonly rows: readonly Row[] };
type Summary = { readonly text: string; readonly through: number };

const msOr = (seconds: number | null | undefined, fallback: number): number =>
  seconds === undefined || seconds === null ? fallback : seconds * 1_000;

const windowFrom = ({ lookbackSeconds, maxActions }: Input) => ({
  lookbackMs: msOr(lookbackSeconds, Number.POSITIVE_INFINITY),
  mostActions: maxActions ?? Number.POSITIVE_INFINITY,
});

/**
 * Logs as the store of the reference would keep them, in which our functions look. There, a summary is one for all
 * products, and a product that is not named is found by the session; ours never has to: each log is one product's.
 */
function createLogs(options: Input) {
  const logs = new Map<string, Log>();
  const summaries = new Map<string, Summary>();
  let appended = 0;
  const keyOf = (productId: string, sessionId: string) => JSON.stringify([productId, sessionId]);
  const logOf = (sessionId: string, productId: string): Log | undefined => {
    const ofSession = [...logs.values()].filter((log) => log.sessionId === sessionId);
    const named = ofSession.find((log) => log.productId === productId);
    return named ?? (productId === "" && ofSession.length === 1 ? ofSession[0] : undefined);
  };
  return {
    add(payload: Input, now: number): void {
      const { product_id, session_id, actions, forwarded_at } = parseActionsPayload(payload);
      const [productId, sessionId] = [strip(product_id), strip(session_id ?? "") || "unknown"];
      appended += 1;
      const rows = [
        ...(logs.get(keyOf(productId, sessionId))?.rows ?? []),
        { n: appended, acceptedAt: forwarded_at * 1_000, actions },
      ];
      const kept = recentRows(rows, now, windowFrom(options));
      logs.set(keyOf(productId, sessionId), { productId, sessionId, rows: kept });
    },
    summarise(sessionId: string, text: string): void {
      summaries.set(strip(sessionId), { text, through: appended });
    },
    /** What was logged without a product goes with it. */
    reset(sessionId: string, productId: string): void {
      for (const product of [strip(productId), ""]) logs.delete(keyOf(product, strip(sessionId)));
      summaries.delete(strip(sessionId));
    },
    read({ sessionId, productId, includeSummary, includeActions, ...window }: Input, now: number): string {
      const summary = summaries.get(strip(sessionId));
      const rows = recentRows(logOf(strip(sessionId), strip(productId ?? ""))?.rows ?? [], now, windowFrom(window));
      const after = rows.filter(({ n }) => n > (summary?.text ? summary.through : 0));
      return activityContext({
        summary: (includeSummary ?? options.includeSummary ?? true) ? (summary?.text ?? null) : null,
        actions: (includeActions ?? options.includeActions ?? true) ? after.flatMap(({ actions }) => actions) : [],
      });
    },
  };
}

function contextStoreSequence({ now, options, ops }: Input) {
  const logs = createLogs(options);
  let clock = now * 1_000;
  const run = (op: Input): unknown => {
    switch (op.op) {
      case "advance":
        clock += op.s * 1_000;
        return null;
      case "add":
        return logs.add(op.payload, clock);
      case "onSummary":
        return logs.summarise(op.sessionId, op.summary);
      case "reset":
        return logs.reset(op.sessionId, op.productId ?? "");
      case "get":
        return logs.read(op, clock);
      case "enrich":
        return enrichQuery(logs.read(op, clock), op.query);
      case "activeSessions":
        return [];
      default:
        throw new Error(`no adapter knows the operation ${op.op}`);
    }
  };
  return ops.map((op: Input) => ({ result: run(op) ?? null }));
}

type Seen = { readonly sessionId: string; readonly productId: string; readonly seenAt: number };

function userSessionIndexSequence({ now, options, storeOptions = {}, ops }: Input) {
  const logs = createLogs(storeOptions);
  const seen = new Map<string, readonly Seen[]>();
  const window = { lookbackMs: msOr(options.lookbackSeconds, 300_000), mostSessions: options.maxSessionsPerUser ?? 20 };
  let clock = now * 1_000;
  const see = (payload: Input): void => {
    const { product_id, session_id, user_id, forwarded_at } = parseActionsPayload(payload);
    const [userId, sessionId] = [strip(user_id ?? ""), strip(session_id ?? "")];
    if (userId === "" || sessionId === "") return;
    const others = (seen.get(userId) ?? []).filter((one) => one.sessionId !== sessionId);
    const seenAt = forwarded_at * 1_000;
    // There, the time of the batch is the present.
    seen.set(userId, recentSessions([...others, { sessionId, productId: product_id, seenAt }], seenAt, window));
  };
  const recent = (userId: string): readonly Seen[] => recentSessions(seen.get(userId) ?? [], clock, window);
  const run = (op: Input): unknown => {
    switch (op.op) {
      case "advance":
        clock += op.s * 1_000;
        return null;
      case "add":
        if (op.store !== false) logs.add(op.payload, clock);
        return op.index === false ? null : see(op.payload);
      case "onSummary":
        return logs.summarise(op.sessionId, op.summary);
      case "resetUser":
        seen.delete(op.userId);
        return null;
      case "getRecentSessions":
        return recent(op.userId).map(({ sessionId, productId, seenAt }) => ({
          sessionId,
          productId: productId || null,
          lastSeenAt: seenAt / 1_000,
        }));
      case "getUserActivity":
        return userActivity(recent(op.userId).map((one) => ({ ...one, context: logs.read(one, clock) })));
      case "getEmail":
        return null;
      default:
        throw new Error(`no adapter knows the operation ${op.op}`);
    }
  };
  return ops.map((op: Input) => ({ result: run(op) ?? null }));
}

const isAsked = (ops: Input, ...names: readonly string[]): boolean => ops.some(({ op }: Input) => names.includes(op));

/** Beside a summary, the actions that it covers are no longer listed here (docs/architecture.md). */
export const withoutCoveredActions = (text: string): string =>
  text.replace(/(Summary: [\s\S]*?)\n\nRecent activity:\n[\s\S]*?(?=\n\n\[Query\]\n|$)/u, "$1");

const storeContract = (steps: Input) =>
  steps.map(({ result }: Input) => {
    if (Array.isArray(result)) return "internal keys of the reference";
    return typeof result === "string" ? withoutCoveredActions(result) : result;
  });

/** What is neither a list of sessions nor their activity is an e-mail address: none is kept here. */
const indexContract = (steps: Input) =>
  steps.map(({ result }: Input) => (typeof result === "string" && !/^(?:Session |$)/u.test(result) ? null : result));

export const activityContextAdapters: Adapters = {
  contextStoreSequence: {
    run: contextStoreSequence,
    withoutCounterpart: ({ options, ops }) => {
      if (options.maxSessions !== undefined) return "no log is forgotten for another: each is kept for its retention";
      if (!isAsked(ops, "get", "enrich")) return "internal keys and the sizes of a store in memory";
      return undefined;
    },
    contract: storeContract,
  },
  userSessionIndexSequence: {
    run: userSessionIndexSequence,
    withoutCounterpart: ({ ops }) =>
      isAsked(ops, "getRecentSessions", "getUserActivity")
        ? undefined
        : "no e-mail address is kept, and nothing else is asked for",
    contract: indexContract,
  },
};
