import type { Effect } from "../actor/decision.ts";
import type { DomainEvent } from "../actor/domain-event.ts";
import type { Outcome } from "../actor/outcome.ts";
import { retryDelayMs } from "../actor/retry.ts";
import type { ProductConfiguration } from "../product/configuration.ts";
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
      since: note?.since ?? now,
      tries: note?.tries ?? 0,
      leaseUntil: now + leaseMs(configuration.delivery),
    },
  };
}

/** Nothing that waited for the at-link note was in the window any more: there is no note to post. */
export function skipWindow(state: SessionState): SessionState {
  const postedThrough = state.link?.through ?? state.postedThrough;
  return {
    ...state,
    postedThrough,
    note: null,
    waitingSince: postedThrough < state.appended ? state.waitingSince : null,
  };
}

/** A lease ran out and nobody said what came of the call: whoever finds it so must look. */
export function expireLease(state: SessionState, now: number): SessionState {
  const { note } = state;
  if (note?.step !== "posting" || note.leaseUntil > now) return state;
  const { attempt, since, tries, leaseUntil } = note;
  return { ...state, note: { step: "uncertain", attempt, since, tries, lookAt: leaseUntil } };
}

/** The product is paused: the next attempt waits until then, with everything that waits by then. */
export function postponeNote(state: SessionState, retryAt: number, now: number): SessionState {
  const { note } = state;
  if (note?.step === "uncertain") return { ...state, note: { ...note, lookAt: retryAt } };
  return { ...state, note: { step: "waiting", since: note?.since ?? now, tries: note?.tries ?? 0, retryAt } };
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
  const { attempt, since } = note;
  const { delivery } = configuration;
  const tries = note.tries + 1;
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
        state: settled,
        effects: [event("note.posted", { actions: attempt.actions, tries, waited_ms: now - attempt.waitingSince })],
        posted: { ...attempt, partId: outcome.partId },
      };
    case "absent":
      return wait({ step: "waiting", since, tries, retryAt: now });
    case "rejected":
      return drop("rejected by the platform");
    case "gone":
      return gone(state, note, configuration, wait, event, { now, retryAt: retryAt() });
    case "paused": {
      // A quarter of a retry's longest delay spreads the sessions that wait for the same moment.
      const until = outcome.until + unit * Math.min(10_000, delivery.retryMaxMs / 4);
      return note.step === "uncertain"
        ? wait({ ...note, lookAt: until })
        : wait({ step: "waiting", since, tries: note.tries, retryAt: until });
    }
    case "failed":
      if (now - since >= delivery.giveUpAfterMs) return drop("given up");
      return note.step === "uncertain"
        ? wait({ ...note, tries, lookAt: retryAt(outcome.retryAfterMs) })
        : wait({ step: "waiting", since, tries, retryAt: retryAt(outcome.retryAfterMs) });
    case "uncertain":
      return wait({ step: "uncertain", attempt, since, tries, lookAt: now + delivery.lookAfterMs });
    default:
      return outcome satisfies never;
  }
}

/**
 * The conversation is unknown to the platform. Right after the link that is its own delay; later the conversation is
 * gone for good, and the session waits for another with its watermark where it was.
 */
function gone(
  state: SessionState,
  note: Exclude<NoteSlot, { step: "waiting" }>,
  { delivery }: ProductConfiguration,
  wait: (next: NoteSlot) => Settled,
  event: (type: DomainEvent["type"], detail: DomainEvent["detail"]) => Effect,
  { now, retryAt }: { readonly now: number; readonly retryAt: number },
): Settled {
  const { attempt, since } = note;
  const { link } = state;
  const waiting = { step: "waiting", since, tries: note.tries + 1, retryAt } as const;
  const moved = link?.conversationId !== attempt.conversationId;
  if (moved || now < link.at + delivery.linkGraceMs) return wait(waiting);
  return {
    state: { ...release(state, null), note: null, link: null, goneConversationId: attempt.conversationId },
    effects: [event("link.dropped", { reason: "conversation is gone", waiting: state.appended - state.postedThrough })],
    posted: null,
  };
}

/** When a slot lets go of its rows, they wait again, since the attempt that held them at the latest. */
function release(state: SessionState, next: NoteSlot | null): SessionState {
  const { note } = state;
  if (!note || note.step === "waiting" || (next && next.step !== "waiting")) return state;
  const since = note.attempt.startedAt;
  return { ...state, waitingSince: Math.min(state.waitingSince ?? since, since) };
}
