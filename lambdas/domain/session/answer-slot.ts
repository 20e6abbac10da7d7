import type { Decision } from "../actor/decision.ts";
import type { JobDoneMessage } from "../actor/message.ts";
import type { Outcome } from "../actor/outcome.ts";
import { afterPause, isOverdue, retryDelayMs } from "../actor/retry.ts";
import type { ProductConfiguration } from "../product/configuration.ts";
import type { AnswerAttempt, Answering, AnswerSlot } from "./answering.ts";
import { answerPosted, dropAnswer } from "./end-answer.ts";
import { leaseMs, type Moment } from "./note-slot.ts";
import type { SessionName, SessionState } from "./state.ts";

type Slot<Step extends AnswerSlot["step"]> = Extract<AnswerSlot, { step: Step }>;

/** Folds in what came of the job that was asked for. Of another one, nobody waits for it any more. */
export function takeAnswer(
  name: SessionName,
  state: SessionState,
  { jobId, result, acceptedAt }: JobDoneMessage,
  configuration: ProductConfiguration,
): Decision<SessionState> {
  const { answering } = state;
  const slot = answering?.slot;
  if (slot?.step !== "asked" || slot.jobId !== jobId) return { state, effects: [] };
  const { conversationId, answers, giveUpAt: notAfter } = slot;
  if (!configuration.answers.enabled) return dropAnswer(name, state, "switched_off", configuration, acceptedAt);
  switch (result.kind) {
    case "written": {
      const waiting = { step: "waiting", conversationId, answers, text: result.text, notAfter } as const;
      return { state: withSlot(state, answering, { ...waiting, tries: 0, retryAt: acceptedAt }), effects: [] };
    }
    case "declined":
    case "failed":
      return dropAnswer(name, state, result.reason, configuration, acceptedAt);
    default:
      return result satisfies never;
  }
}

/** Lets time pass: a question that nobody has answered in time is left alone, and a call whose lease ran out is in doubt. */
export function expireAnswer(
  name: SessionName,
  state: SessionState,
  configuration: ProductConfiguration,
  now: number,
): Decision<SessionState> {
  const { answering, link } = state;
  const slot = answering?.slot;
  switch (slot?.step) {
    case "asked":
      return slot.giveUpAt <= now ? dropAnswer(name, state, "late", configuration, now) : { state, effects: [] };
    case "waiting":
      if (slot.notAfter <= now) return dropAnswer(name, state, "late", configuration, now);
      if (link?.verified && link.conversationId === slot.conversationId) return { state, effects: [] };
      return dropAnswer(name, state, "moved_on", configuration, now);
    case "posting": {
      const { attempt, tries, leaseUntil } = slot;
      if (leaseUntil > now) return { state, effects: [] };
      const lookAt = leaseUntil + configuration.delivery.lookAfterMs;
      return { state: withSlot(state, answering, { step: "uncertain", attempt, tries, lookAt }), effects: [] };
    }
    case "uncertain":
    case undefined:
      return { state, effects: [] };
    default:
      return slot satisfies never;
  }
}

/** Records that the answer is being sent, before it is. */
export function beginAnswer(
  state: SessionState,
  { conversationId, answers, text, notAfter, tries }: Slot<"waiting">,
  fingerprint: string,
  { delivery }: ProductConfiguration,
  now: number,
): { readonly state: SessionState; readonly posting: Slot<"posting"> } {
  const id = state.attempts + 1;
  const attempt: AnswerAttempt = { id, conversationId, answers, text, fingerprint, startedAt: now, notAfter };
  const posting = { step: "posting", attempt, tries, leaseUntil: now + leaseMs(delivery) } as const;
  return { state: { ...withSlot(state, state.answering, posting), attempts: id }, posting };
}

/** The product is paused: an answer waits only as long as its moment lasts. */
export function postponeAnswer(
  state: SessionState,
  retryAt: number,
  { delivery }: ProductConfiguration,
  now: number,
): SessionState {
  const slot = state.answering?.slot;
  if (slot?.step === "waiting" && slot.retryAt <= now) {
    return withSlot(state, state.answering, { ...slot, retryAt: Math.min(retryAt, slot.notAfter) });
  }
  if (slot?.step === "uncertain" && slot.lookAt <= now && !isOverdue(slot.attempt.startedAt, delivery, now)) {
    return withSlot(state, state.answering, { ...slot, lookAt: retryAt });
  }
  return state;
}

/** What came of an answer. `held`: a teammate has taken over, and nothing was written. */
export type AnswerOutcome = Outcome | { readonly kind: "held" };

/**
 * Folds the outcome of a call (to send an answer, or to look for it) into the state. Until it is settled, what the user
 * did before stays news; once it is, the question is answered, whatever else was asked meanwhile.
 */
export function settleAnswer(
  name: SessionName,
  state: SessionState,
  attemptId: number,
  outcome: AnswerOutcome,
  configuration: ProductConfiguration,
  { now, unit }: Moment,
): Decision<SessionState> {
  const { answering } = state;
  const slot = answering?.slot;
  if (!answering || !slot || !("attempt" in slot) || slot.attempt.id !== attemptId) return { state, effects: [] };
  const { attempt } = slot;
  const { delivery } = configuration;
  const tries = slot.tries + 1;
  const drop = (reason: string) => dropAnswer(name, state, reason, configuration, now);
  const keep = (next: AnswerSlot): Decision<SessionState> => ({ state: withSlot(state, answering, next), effects: [] });
  const waiting = (at: number): Decision<SessionState> => {
    const { conversationId, answers, text, notAfter } = attempt;
    return keep({ step: "waiting", conversationId, answers, text, notAfter, tries, retryAt: Math.min(at, notAfter) });
  };
  /** What is in doubt stays in doubt until it could be looked for. */
  const again = (at: number): Decision<SessionState> => {
    if (slot.step === "posting") return waiting(at);
    return isOverdue(attempt.startedAt, delivery, now) ? drop("lost") : keep({ ...slot, tries, lookAt: at });
  };
  const retryAt = (retryAfterMs?: number): number => now + retryDelayMs(delivery, tries, unit, retryAfterMs);
  switch (outcome.kind) {
    case "settled":
      return answerPosted(name, state, answering, { ...attempt, partId: outcome.partId, tries }, configuration, now);
    case "absent":
      return waiting(now);
    case "held":
      return drop("teammate");
    case "rejected":
      // A look that is rejected says nothing of what is looked for.
      return slot.step === "uncertain" ? again(retryAt()) : drop("rejected");
    case "gone":
      return drop("gone");
    case "paused":
      return again(afterPause(delivery, outcome.until, unit));
    case "failed":
      return again(retryAt(outcome.retryAfterMs));
    case "uncertain":
      return keep({ step: "uncertain", attempt, tries, lookAt: Math.max(now + delivery.lookAfterMs, retryAt()) });
    default:
      return outcome satisfies never;
  }
}

function withSlot(state: SessionState, answering: Answering | null, slot: AnswerSlot): SessionState {
  if (!answering) throw new Error("Only what was asked can be answered");
  return { ...state, answering: { ...answering, slot } };
}
