import type { Effect } from "../actor/decision.ts";
import type { DomainEvent } from "../actor/domain-event.ts";
import type { Outcome } from "../actor/outcome.ts";
import { afterPause, isOverdue, retryDelayMs } from "../actor/retry.ts";
import type { ProductConfiguration } from "../product/configuration.ts";
import { noteDueAt } from "./due-at.ts";
import { countNote } from "./note-groups.ts";
import type { NoteAttempt, NoteSlot, SessionName, SessionState } from "./state.ts";

/** Real time and chance, as the worker has them when an outcome is known. */
export type Moment = { readonly now: number /** In [0, 1). */; readonly unit: number };

/** A call may take its whole timeout; half as much again is for getting there and back. */
export function leaseMs({ callTimeoutMs }: ProductConfiguration["delivery"]): number {
  return callTimeoutMs * 1.5;
}

/** Rows to be posted as one note. */
export type PlannedNote = Pick<NoteAttempt, "from" | "through" | "actions" | "waitingSince" | "fingerprint">;

/** Records an attempt, before the call is made. */
export function beginNote(
  state: SessionState,
  planned: PlannedNote,
  configuration: ProductConfiguration,
  now: number,
): SessionState {
  const { link, note } = state;
  if (!link) throw new Error("A note cannot be begun without a link");
  const attempt: NoteAttempt = {
    ...planned,
    id: state.attempts + 1,
    conversationId: link.conversationId,
    startedAt: now,
  };
  return {
    ...state,
    attempts: attempt.id,
    waitingSince: planned.through < state.appended ? state.waitingSince : null,
    note: {
      step: "posting",
      attempt,
      tries: note?.tries ?? 0,
      leaseUntil: now + leaseMs(configuration.delivery),
    },
  };
}

/** Rows of which nothing is to be posted: what waited for the link had left the window. */
export function skipRows(state: SessionState, through: number): SessionState {
  return {
    ...state,
    postedThrough: through,
    note: null,
    waitingSince: through < state.appended ? state.waitingSince : null,
  };
}

/**
 * A lease ran out and nobody said what came of the call: whoever finds it so must look, when the platform shows what it
 * took at the very end of the lease.
 */
export function expireLease(
  state: SessionState,
  { lookAfterMs }: ProductConfiguration["delivery"],
  now: number,
): SessionState {
  const { note } = state;
  if (note?.step !== "posting" || note.leaseUntil > now) return state;
  const { attempt, tries, leaseUntil } = note;
  return { ...state, note: { step: "uncertain", attempt, tries, lookAt: leaseUntil + lookAfterMs } };
}

/**
 * The product is paused: a note that is due waits until then, and the next attempt takes up everything that waits by
 * then. One that has waited long enough to be given up is tried all the same: a pause without end must not keep it.
 */
export function postponeNote(
  state: SessionState,
  retryAt: number,
  configuration: ProductConfiguration,
  now: number,
): SessionState {
  const { note } = state;
  if (noteDueAt(state, configuration) > now || isOverdue(owedSince(state), configuration.delivery, now)) return state;
  if (note?.step === "uncertain") return { ...state, note: { ...note, lookAt: retryAt } };
  return { ...state, note: { step: "waiting", tries: note?.tries ?? 0, retryAt } };
}

/** Since when the next note's oldest row could have been posted, ms; for rows that stand behind others, or earlier. */
function owedSince({ note, waitingSince, lastAcceptedAt, link }: SessionState): number {
  if (note && note.step !== "waiting") return note.attempt.waitingSince;
  return Math.max(waitingSince ?? lastAcceptedAt, link?.at ?? 0);
}

export type Settled = {
  readonly state: SessionState;
  readonly effects: readonly Effect[];
  /** A note now stands in the conversation. */
  readonly posted: (NoteAttempt & { readonly partId: string | undefined }) | null;
};

/**
 * Folds the outcome of a call (to post a note, or to look for it) into the state: the table of outcomes, row by row. An
 * outcome of an attempt that is no longer the slot's is ignored: somebody else has settled it.
 */
export function settleNote(
  name: SessionName,
  state: SessionState,
  attemptId: number,
  outcome: Outcome,
  configuration: ProductConfiguration,
  { now, unit }: Moment,
): Settled {
  const { note } = state;
  if (!note || note.step === "waiting" || note.attempt.id !== attemptId) return { state, effects: [], posted: null };
  const { attempt } = note;
  const { delivery } = configuration;
  const tries = note.tries + 1;
  const overdue = isOverdue(attempt.waitingSince, delivery, now);
  const event = (type: DomainEvent["type"], detail: DomainEvent["detail"]): Effect => {
    return { type: "publish", event: { type, ...name, conversationId: attempt.conversationId, at: now, detail } };
  };
  const settled = { ...state, postedThrough: attempt.through, note: null };
  const drop = (reason: string): Settled => ({
    state: settled,
    effects: [event("note.rejected", { reason, actions: attempt.actions })],
    posted: null,
  });
  const wait = (next: NoteSlot): Settled => ({
    state: { ...release(state, next), note: next },
    effects: [],
    posted: null,
  });
  const retryAt = (retryAfterMs?: number): number => now + retryDelayMs(delivery, tries, unit, retryAfterMs);

  switch (outcome.kind) {
    case "settled":
      return {
        state: countNote(settled, attempt, configuration.summaries, now),
        effects: [event("note.posted", { actions: attempt.actions, tries, waited_ms: now - attempt.waitingSince })],
        posted: { ...attempt, partId: outcome.partId },
      };
    case "absent":
      return overdue ? drop("given up") : wait({ step: "waiting", tries, retryAt: now });
    case "rejected":
      // A look that is rejected says nothing of the note that is looked for.
      return note.step === "uncertain" && !overdue
        ? wait(again(note, tries, retryAt()))
        : drop("rejected by the platform");
    case "gone": {
      const { link } = state;
      if (link?.conversationId !== attempt.conversationId) return wait({ step: "waiting", tries, retryAt: retryAt() });
      // Right after the link the platform may not know the conversation everywhere.
      if (now < link.at + delivery.linkGraceMs) return wait(again(note, tries, retryAt()));
      return {
        state: { ...release(state, null), note: null, link: null, goneConversationId: attempt.conversationId },
        effects: [
          event("link.dropped", { reason: "conversation is gone", waiting: state.appended - state.postedThrough }),
        ],
        posted: null,
      };
    }
    case "paused":
      return overdue ? drop("given up") : wait(again(note, note.tries, afterPause(delivery, outcome.until, unit)));
    case "failed":
      return overdue ? drop("given up") : wait(again(note, tries, retryAt(outcome.retryAfterMs)));
    case "uncertain":
      return wait({ step: "uncertain", attempt, tries, lookAt: Math.max(now + delivery.lookAfterMs, retryAt()) });
    default:
      return outcome satisfies never;
  }
}

type Unsettled = Exclude<NoteSlot, { step: "waiting" }>;

/** What certainly did not happen is done again, later: a note in doubt stays in doubt until it could be looked for. */
function again(note: Unsettled, tries: number, at: number): NoteSlot {
  return note.step === "uncertain" ? { ...note, tries, lookAt: at } : { step: "waiting", tries, retryAt: at };
}

/** When a slot lets go of its rows, they wait again, for as long as they have waited. */
function release(state: SessionState, next: NoteSlot | null): SessionState {
  const { note } = state;
  if (!note || note.step === "waiting" || (next && next.step !== "waiting")) return state;
  const since = note.attempt.waitingSince;
  return { ...state, waitingSince: Math.min(state.waitingSince ?? since, since) };
}
