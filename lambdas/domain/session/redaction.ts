import type { Decision } from "../actor/decision.ts";
import type { Outcome } from "../actor/outcome.ts";
import { afterPause, isOverdue, retryDelayMs } from "../actor/retry.ts";
import type { ProductConfiguration } from "../product/configuration.ts";
import type { Moment } from "./note-slot.ts";
import type { SessionName, SessionState } from "./state.ts";
import type { LateRedaction, Redaction, SummaryAttempt } from "./summaries.ts";

/** So many notes at most wait to be tried again: while they do, no others are added to them. */
const MOST_LATE = 16;

/** Beyond so many ranges, notes of the oldest stay. */
const MOST_RANGES = 4;

/**
 * A summary stands: its notes may go, after those that were still to go; what lies between, no summary covers. Notes in
 * another conversation stay there.
 */
export function extendRedaction(
  redaction: Redaction | null,
  { conversationId, after, through }: Pick<SummaryAttempt, "conversationId" | "after" | "through">,
  now: number,
): Redaction {
  if (redaction?.conversationId !== conversationId) {
    return { conversationId, ranges: [{ after, through }], since: now, nextAt: now, late: [] };
  }
  const { ranges, since, nextAt } = redaction;
  const last = ranges.at(-1);
  const extended =
    last?.through === after
      ? [...ranges.slice(0, -1), { after: last.after, through }]
      : [...ranges, { after, through }].slice(-MOST_RANGES);
  return {
    ...redaction,
    ranges: extended,
    since: ranges.length > 0 ? since : now,
    nextAt: ranges.length > 0 ? nextAt : now,
  };
}

/** When notes are to be taken away, ms: those that nobody has tried, at once. */
export function redactionDueAt({ summaries }: SessionState): number {
  const redaction = summaries?.redaction;
  if (!redaction) return Number.POSITIVE_INFINITY;
  const next = redaction.ranges.length > 0 && roomFor(redaction) > 0 ? redaction.nextAt : Number.POSITIVE_INFINITY;
  return Math.min(next, ...redaction.late.map(({ retryAt }) => retryAt));
}

/** How many more notes may be tried: each may have to wait for another try. */
export function roomFor({ late }: Redaction): number {
  return MOST_LATE - late.length;
}

/** The product is paused: what is due waits until then, unless it is to be given up, which takes a last try. */
export function postponeRedaction(
  state: SessionState,
  retryAt: number,
  { delivery }: ProductConfiguration,
  now: number,
): SessionState {
  const { summaries } = state;
  if (!summaries?.redaction || redactionDueAt(state) > now) return state;
  const { redaction } = summaries;
  const waits = (since: number, at: number): boolean => at <= now && !isOverdue(since, delivery, now);
  const late = redaction.late.map((one) => (waits(one.since, one.retryAt) ? { ...one, retryAt } : one));
  const nextAt = waits(redaction.since, redaction.nextAt) ? retryAt : redaction.nextAt;
  return { ...state, summaries: { ...summaries, redaction: { ...redaction, nextAt, late } } };
}

/** What came of taking notes away. */
export type RedactionOutcome = { readonly partId: string; readonly outcome: Exclude<Outcome, { kind: "absent" }> };

/**
 * Folds in what came of a round: each note by itself. What was folded in by somebody else meanwhile changes nothing: to
 * take a note away twice is to take it away.
 *
 * @param round.from the redaction as it was when the round began
 * @param round.upTo of its first range, notes that end at or before this row were tried
 */
export function settleRedactions(
  name: SessionName,
  state: SessionState,
  round: { readonly from: Redaction; readonly upTo: number; readonly outcomes: readonly RedactionOutcome[] },
  { delivery }: ProductConfiguration,
  { now, unit }: Moment,
): Decision<SessionState> {
  const { summaries } = state;
  const redaction = summaries?.redaction;
  const [first, ...others] = redaction?.ranges ?? [];
  if (!redaction || redaction.conversationId !== round.from.conversationId) return { state, effects: [] };
  if (first?.after !== round.from.ranges[0]?.after) return { state, effects: [] };
  const tried = new Map(round.outcomes.map(({ partId, outcome }) => [partId, outcome]));
  const before = new Map(redaction.late.map((late) => [late.partId, late]));
  const again = (partId: string): readonly LateRedaction[] => {
    const outcome = tried.get(partId);
    const known = before.get(partId);
    if (!outcome) return known ? [known] : [];
    const { since, tries } = { since: known?.since ?? redaction.since, tries: (known?.tries ?? 0) + 1 };
    const retryAt = retryAtOf(outcome, tries, delivery, { now, unit });
    return retryAt === null || isOverdue(since, delivery, now) ? [] : [{ partId, since, tries, retryAt }];
  };
  const late = [...new Set([...before.keys(), ...tried.keys()])].flatMap(again);
  const ranges = !first || round.upTo >= first.through ? others : [{ ...first, after: round.upTo }, ...others];
  const next = { ...redaction, ranges, late };
  const isOver = ranges.length === 0 && late.length === 0;
  const notes = round.outcomes.filter(({ outcome }) => outcome.kind === "settled" || outcome.kind === "gone").length;
  const { conversationId } = redaction;
  return {
    state: { ...state, summaries: { ...summaries, redaction: isOver ? null : next } },
    effects:
      notes === 0
        ? []
        : [{ type: "publish", event: { type: "notes.redacted", ...name, conversationId, at: now, detail: { notes } } }],
  };
}

/** When a note is to be tried again; null when it is gone, or will never go. */
function retryAtOf(
  outcome: RedactionOutcome["outcome"],
  tries: number,
  delivery: ProductConfiguration["delivery"],
  { now, unit }: Moment,
): number | null {
  switch (outcome.kind) {
    case "settled":
    case "gone":
    case "rejected":
      return null;
    case "paused":
      return afterPause(delivery, outcome.until, unit);
    case "failed":
      return now + retryDelayMs(delivery, tries, unit, outcome.retryAfterMs);
    case "uncertain":
      return now + retryDelayMs(delivery, tries, unit, undefined);
    default:
      return outcome satisfies never;
  }
}
