import type { ProductConfiguration } from "../product/configuration.ts";
import { agentDueAt } from "./agent-state.ts";
import { evaluationDueAt } from "./offer-gate.ts";
import { redactionDueAt } from "./redaction.ts";
import { type SessionState, takenThrough } from "./state.ts";

export type SlotName = "note" | "claim" | "offer" | "teardown" | "answer" | "summary" | "redaction";

/**
 * When the session must next do something of its own accord, ms; Infinity when it has nothing to wait for. Deadlines are
 * derived from what happened, never stored.
 *
 * @param inHand the slot that the asking turn is about to make a call for. It needs no alarm: should the turn die, its
 * messages come back, and they are the alarm. (Until they do, the group is closed to alarms as well.)
 */
export function dueAt(state: SessionState, configuration: ProductConfiguration, inHand?: SlotName): number {
  const slots: Readonly<Record<SlotName, number>> = {
    claim: claimDueAt(state),
    note: noteDueAt(state, configuration),
    offer: offerDueAt(state),
    teardown: teardownDueAt(state),
    answer: answerDueAt(state),
    summary: summaryDueAt(state),
    redaction: redactionDueAt(state),
  };
  const others = (Object.keys(slots) as SlotName[]).filter((slot) => slot !== inHand);
  return Math.min(
    ...others.map((slot) => slots[slot]),
    evaluationDueAt(state, configuration),
    helpEndsAt(state, configuration),
  );
}

/** A step of a slot that says itself when something is to be done about it. */
type DatedStep =
  | { readonly step: "asked"; readonly giveUpAt: number }
  | { readonly step: "waiting"; readonly retryAt: number }
  | { readonly step: "posting" | "sending"; readonly leaseUntil: number }
  | { readonly step: "uncertain"; readonly lookAt: number };

function stepDueAt(slot: DatedStep | null | undefined): number {
  switch (slot?.step) {
    case undefined:
      return Number.POSITIVE_INFINITY;
    case "asked":
      return slot.giveUpAt;
    case "waiting":
      return slot.retryAt;
    case "posting":
    case "sending":
      return slot.leaseUntil;
    case "uncertain":
      return slot.lookAt;
    default:
      return slot satisfies never;
  }
}

/** When an offer is to be sent, looked for, or held to be uncertain. */
export function offerDueAt({ manners }: SessionState): number {
  return stepDueAt(manners?.offer);
}

export function teardownDueAt({ manners }: SessionState): number {
  return manners?.teardown?.retryAt ?? Number.POSITIVE_INFINITY;
}

/** When the agent stops assisting a silent user. The end of a cooldown changes nothing by itself. */
function helpEndsAt({ manners }: SessionState, { proactive }: ProductConfiguration): number {
  if (!manners || manners.teardown || manners.agent.mode === "thinking") return Number.POSITIVE_INFINITY;
  return agentDueAt(manners.agent, proactive.tourTimings);
}

/** When an answer is to be sent, looked for, or given up. */
export function answerDueAt({ answering }: SessionState): number {
  return stepDueAt(answering?.slot);
}

/**
 * When a summary is to be posted or looked for. That one is to be asked for, or a job given up, is seen when the next
 * note stands: until then it makes no difference.
 */
export function summaryDueAt({ summaries }: SessionState): number {
  const slot = summaries?.slot;
  return slot?.step === "asked" ? Number.POSITIVE_INFINITY : stepDueAt(slot);
}

export function claimDueAt(state: SessionState): number {
  return state.claim?.retryAt ?? Number.POSITIVE_INFINITY;
}

/** When a note is to be begun, looked for, or given up as uncertain. */
export function noteDueAt(state: SessionState, configuration: ProductConfiguration): number {
  const { note } = state;
  switch (note?.step) {
    case "posting":
      return note.leaseUntil;
    case "uncertain":
      return note.lookAt;
    case "waiting":
    case undefined:
      return Math.max(restDueAt(state, configuration), note?.retryAt ?? 0);
    default:
      return note satisfies never;
  }
}

/** The rows that no note has taken up: the at-link note at once, later ones after a silence or the longest wait. */
function restDueAt(state: SessionState, { debounceMs, maxWaitMs }: ProductConfiguration): number {
  const { link } = state;
  if (!link || takenThrough(state) >= state.appended) return Number.POSITIVE_INFINITY;
  if (takenThrough(state) < link.through) return link.at;
  const waitingSince = state.waitingSince ?? state.lastAcceptedAt;
  return Math.min(state.lastAcceptedAt + debounceMs, waitingSince + Math.max(maxWaitMs, debounceMs));
}

/** When the session's memory may go: after its last activity, but never with something unsettled in it. */
export function expiresAt(state: SessionState, configuration: ProductConfiguration, now: number): number {
  const lastActivity = Math.max(
    state.lastAcceptedAt,
    state.link?.at ?? 0,
    state.person?.toldAt ?? 0,
    state.stream?.until ?? 0,
  );
  const forgotten = lastActivity + configuration.retentionMs;
  if (dueAt(state, configuration) === Number.POSITIVE_INFINITY) return forgotten;
  return Math.max(forgotten, now + configuration.delivery.giveUpAfterMs);
}
