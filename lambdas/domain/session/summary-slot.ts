import { summaryPush } from "../activity/push.ts";
import type { Decision } from "../actor/decision.ts";
import type { DomainEvent } from "../actor/domain-event.ts";
import type { JobDoneMessage } from "../actor/message.ts";
import type { Outcome } from "../actor/outcome.ts";
import { afterPause, isOverdue, retryDelayMs } from "../actor/retry.ts";
import type { ProductConfiguration } from "../product/configuration.ts";
import { gather, putBack } from "./note-groups.ts";
import { leaseMs, type Moment } from "./note-slot.ts";
import { extendRedaction } from "./redaction.ts";
import type { SessionName, SessionState } from "./state.ts";
import type { Summaries, SummaryAttempt, SummarySlot } from "./summaries.ts";

/** A job that has not come back by then is given up: the notes stay, and the next summary covers them. */
const JOB_LASTS_MS = 600_000;

/** As in the reference, the next note asks again. What a model that keeps failing is spared then: a growing pause. */
const MOST_FAILURES_WITHOUT_PAUSE = 4;
const FIRST_PAUSE_MS = 30_000;
const LONGEST_PAUSE_MS = 900_000;

type Slot<Step extends SummarySlot["step"]> = Extract<SummarySlot, { step: Step }>;

/**
 * Asks for a summary when as many actions stand in notes as the product wants in one. Ranges follow one another without
 * gap or overlap: each begins where the last summary that stands has ended.
 */
export function considerSummary(
  name: SessionName,
  state: SessionState,
  configuration: ProductConfiguration["summaries"],
  now: number,
): Decision<SessionState> {
  const { summaries, link } = state;
  if (!summaries || summaries.groups.length === 0 || !link || summaries.slot) return { state, effects: [] };
  if (isSwitchedOff(configuration)) return { state, effects: [] };
  if (summaries.failure && now < summaries.failure.notBefore) return { state, effects: [] };
  const { enough, left } = gather(summaries, configuration);
  const gathered = { ...summaries, ...left };
  if (!enough) return { state: { ...state, summaries: gathered }, effects: [] };
  const { through: after } = summaries;
  const { through, actions } = enough;
  const giveUpAt = now + JOB_LASTS_MS;
  // A turn that died before it could commit is taken again and asks anew: what came of its first job, nobody waited for,
  // and a job of the same name the queue would drop.
  const jobId = `summary-${after}-${through}-${now}`;
  const actor = { kind: "session", ...name } as const;
  return {
    state: withSlot(state, gathered, { step: "asked", jobId, after, through, actions, giveUpAt }),
    effects: [
      { type: "ask", job: { kind: "summary", id: jobId, actor, askedAt: now, notAfter: giveUpAt, after, through } },
    ],
  };
}

const isSwitchedOff = ({ threshold }: ProductConfiguration["summaries"]): boolean =>
  threshold === Number.POSITIVE_INFINITY;

/** Folds in what came of the job that was asked for. Of another one, nobody waits for it any more. */
export function takeSummary(
  name: SessionName,
  state: SessionState,
  { jobId, result, acceptedAt }: JobDoneMessage,
): Decision<SessionState> {
  const { summaries } = state;
  const slot = summaries?.slot;
  if (slot?.step !== "asked" || slot.jobId !== jobId) return { state, effects: [] };
  if (result.kind !== "written") return dropSummary(name, state, result.reason, acceptedAt);
  const { after, through, actions } = slot;
  const written = { after, through, actions, text: result.text, writtenAt: acceptedAt };
  return {
    state: withSlot(state, summaries, { step: "waiting", ...written, tries: 0, retryAt: acceptedAt }),
    effects: [],
  };
}

/** Lets time pass: a job of which nothing was heard is given up, and a call whose lease ran out is in doubt. */
export function expireSummary(
  name: SessionName,
  state: SessionState,
  { summaries: settings, delivery: { lookAfterMs } }: ProductConfiguration,
  now: number,
): Decision<SessionState> {
  const { summaries } = state;
  const slot = summaries?.slot;
  if (slot?.step === "waiting" && isSwitchedOff(settings)) return dropSummary(name, state, "switched off", now);
  if (slot?.step === "asked" && slot.giveUpAt <= now) return dropSummary(name, state, "no word of it", now);
  if (slot?.step === "waiting" && !state.link) return dropSummary(name, state, "no conversation", now);
  if (slot?.step !== "posting" || slot.leaseUntil > now) return { state, effects: [] };
  const { attempt, tries, leaseUntil } = slot;
  return {
    state: withSlot(state, summaries, { step: "uncertain", attempt, tries, lookAt: leaseUntil + lookAfterMs }),
    effects: [],
  };
}

/** Records that the summary is being posted, before it is. */
export function beginSummary(
  state: SessionState,
  { after, through, actions, text, writtenAt, tries }: Slot<"waiting">,
  fingerprint: string,
  { delivery }: ProductConfiguration,
  now: number,
): { readonly state: SessionState; readonly posting: Slot<"posting"> } {
  const { summaries, link } = state;
  if (!summaries || !link) throw new Error("A summary needs a conversation");
  const attempt: SummaryAttempt = {
    ...{ after, through, actions, text, writtenAt, fingerprint },
    id: state.attempts + 1,
    conversationId: link.conversationId,
    startedAt: now,
  };
  const posting = { step: "posting", attempt, tries, leaseUntil: now + leaseMs(delivery) } as const;
  return { state: { ...withSlot(state, summaries, posting), attempts: attempt.id }, posting };
}

/** The product is paused: a summary that is due waits until then, unless it is to be given up, which takes a last try. */
export function postponeSummary(
  state: SessionState,
  retryAt: number,
  { delivery }: ProductConfiguration,
  now: number,
): SessionState {
  const { summaries } = state;
  const slot = summaries?.slot;
  switch (slot?.step) {
    case "waiting":
      if (slot.retryAt > now || isOverdue(slot.writtenAt, delivery, now)) return state;
      return withSlot(state, summaries, { ...slot, retryAt });
    case "uncertain":
      if (slot.lookAt > now || isOverdue(slot.attempt.writtenAt, delivery, now)) return state;
      return withSlot(state, summaries, { ...slot, lookAt: retryAt });
    default:
      return state;
  }
}

export type SettledSummary = Decision<SessionState> & {
  /** A summary now stands in the conversation. */
  readonly posted: (SummaryAttempt & { readonly partId: string | undefined }) | null;
};

/**
 * Folds the outcome of a call (to post a summary, or to look for it) into the state: the table of outcomes, row by row.
 * Only a summary that surely stands lets its notes be taken away. An outcome of an attempt that is no longer the slot's
 * is ignored.
 */
export function settleSummary(
  name: SessionName,
  state: SessionState,
  attemptId: number,
  outcome: Outcome,
  { delivery, push }: ProductConfiguration,
  { now, unit }: Moment,
): SettledSummary {
  const { summaries, link } = state;
  const slot = summaries?.slot;
  if (!summaries || !slot || !("attempt" in slot) || slot.attempt.id !== attemptId) {
    return { state, effects: [], posted: null };
  }
  const { attempt } = slot;
  const { after, through, actions, text, writtenAt } = attempt;
  const tries = slot.tries + 1;
  const overdue = isOverdue(writtenAt, delivery, now);
  const drop = (reason: string, mayStand = false): SettledSummary => ({
    ...dropSummary(name, state, reason, now, mayStand),
    posted: null,
  });
  const giveUp = (reason: string): SettledSummary => drop(reason, slot.step === "uncertain");
  const keep = (next: SummarySlot): SettledSummary => ({
    state: withSlot(state, summaries, next),
    effects: [],
    posted: null,
  });
  const waiting = (at: number, counted = tries): SettledSummary =>
    keep({ step: "waiting", after, through, actions, text, writtenAt, tries: counted, retryAt: at });
  /** What is in doubt stays in doubt until it could be looked for. */
  const again = (at: number, counted = tries): SettledSummary =>
    slot.step === "uncertain" ? keep({ ...slot, tries: counted, lookAt: at }) : waiting(at, counted);
  const retryAt = (retryAfterMs?: number): number => now + retryDelayMs(delivery, tries, unit, retryAfterMs);
  switch (outcome.kind) {
    case "settled":
      return {
        state: {
          ...state,
          summaries: {
            ...summaries,
            through,
            slot: null,
            failure: null,
            redaction: extendRedaction(summaries.redaction, attempt, now),
          },
        },
        effects: [
          event(name, attempt, "summary.posted", now, { actions, tries, waited_ms: now - writtenAt }),
          { type: "push", push: summaryPush(name, attempt), toEndpoint: Boolean(push.url) },
        ],
        posted: { ...attempt, partId: outcome.partId },
      };
    case "absent":
      return overdue ? drop("given up") : waiting(now);
    case "rejected":
      // A look that is rejected says nothing of what is looked for.
      return slot.step === "uncertain" && !overdue ? again(retryAt()) : giveUp("rejected by the platform");
    case "gone":
      if (link?.conversationId !== attempt.conversationId)
        return link ? waiting(retryAt()) : drop("conversation is gone");
      // Right after the link the platform may not know the conversation everywhere.
      return now < link.at + delivery.linkGraceMs ? again(retryAt()) : drop("conversation is gone");
    case "paused":
      return overdue ? giveUp("given up") : again(afterPause(delivery, outcome.until, unit), slot.tries);
    case "failed":
      return overdue ? giveUp("given up") : again(retryAt(outcome.retryAfterMs));
    case "uncertain":
      return keep({ step: "uncertain", attempt, tries, lookAt: Math.max(now + delivery.lookAfterMs, retryAt()) });
    default:
      return outcome satisfies never;
  }
}

/**
 * No summary came of it: the notes stay, and go into the next one.
 *
 * @param mayStand that it could never be looked for: its notes stay beside it, and are told in no other
 */
function dropSummary(
  name: SessionName,
  state: SessionState,
  reason: string,
  now: number,
  mayStand = false,
): Decision<SessionState> {
  const { summaries } = state;
  const { slot } = summaries ?? {};
  if (!summaries || !slot) return { state, effects: [] };
  const { through, actions } = "attempt" in slot ? slot.attempt : slot;
  const left = mayStand ? { ...summaries, through } : putBack(summaries, actions);
  const times = (summaries.failure?.times ?? 0) + 1;
  const paused = times - MOST_FAILURES_WITHOUT_PAUSE;
  const pauseMs = paused <= 0 ? 0 : Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(paused - 1, 10));
  const failure = { times, notBefore: now + pauseMs };
  const conversationId = state.link?.conversationId ?? "";
  return {
    state: { ...state, summaries: { ...left, slot: null, failure } },
    effects: [event(name, { conversationId }, "summary.dropped", now, { reason, actions })],
  };
}

function withSlot(state: SessionState, summaries: Summaries | null, slot: SummarySlot): SessionState {
  if (!summaries) throw new Error("Only notes that stand can be summarised");
  return { ...state, summaries: { ...summaries, slot } };
}

function event(
  name: SessionName,
  { conversationId }: { readonly conversationId: string },
  type: Extract<DomainEvent["type"], `summary.${string}`>,
  at: number,
  detail: DomainEvent["detail"],
): Decision<never>["effects"][number] {
  return { type: "publish", event: { type, ...name, conversationId, at, detail } };
}
