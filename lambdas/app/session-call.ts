import type { ActivityRow } from "../domain/activity/activity-row.ts";
import type { SessionActor } from "../domain/actor/actor.ts";
import type { Decision } from "../domain/actor/decision.ts";
import { afterPause } from "../domain/actor/retry.ts";
import { planNote } from "../domain/notes/note-plan.ts";
import { noteText } from "../domain/notes/note-text.ts";
import type { ProductConfiguration } from "../domain/product/configuration.ts";
import { expireAnswer, postponeAnswer } from "../domain/session/answer-slot.ts";
import { postponeClaim } from "../domain/session/claim.ts";
import { answerDueAt, claimDueAt, noteDueAt, summaryDueAt, teardownDueAt } from "../domain/session/due-at.ts";
import { expireHelp, postponeTeardown } from "../domain/session/idle.ts";
import { beginNote, expireLease, postponeNote, skipRows } from "../domain/session/note-slot.ts";
import { withManners } from "../domain/session/offer-gate.ts";
import { expireOfferLease } from "../domain/session/offer-slot.ts";
import { postponeRedaction, redactionDueAt } from "../domain/session/redaction.ts";
import type { SessionState } from "../domain/session/state.ts";
import { considerSummary, expireSummary, postponeSummary } from "../domain/session/summary-slot.ts";
import { beginAnswerCall } from "./answer-call.ts";
import { beginOfferCall } from "./begin-offer.ts";
import { askClaim } from "./claim-call.ts";
import { findNote, postNote } from "./note-call.ts";
import type { Product } from "./ports.ts";
import { beginRedactionCall } from "./redaction-call.ts";
import { beginSummaryCall } from "./summary-call.ts";
import { tearDown } from "./teardown-call.ts";
import type { Call, TurnPorts } from "./turn-ports.ts";
import { readWaitingRows } from "./waiting-note.ts";

/** A state in which all is recorded that must be known before the call is made. */
export type Begun = Decision<SessionState> & { readonly call: Call | null };

/**
 * Lets time pass in a state, finds the call that is due, and records what must be known before it is made.
 *
 * @param uncommitted rows that will be committed together with the state
 */
export async function beginCall(
  ports: TurnPorts,
  actor: SessionActor,
  product: Product,
  state: SessionState,
  uncommitted: readonly ActivityRow[],
): Promise<Begun> {
  const { configuration } = product;
  const now = ports.clock.now();
  const passed = letTimePass(actor, state, configuration, now);
  const current = await obeyPause(ports, actor, configuration, passed.state);
  const first = beginSlot(ports, actor, product, current, now);
  if (first) return { state: current, effects: passed.effects, call: first };
  const answered = beginAnswerCall(ports, actor, product, current);
  if (answered.call) return { ...answered, effects: passed.effects };
  const offered = await beginOfferCall(ports, actor, product, answered.state, uncommitted);
  const effects = [...passed.effects, ...offered.effects];
  if (offered.call) return { ...offered, effects };
  const noted = await beginNoteCall(ports, actor, product, offered.state, uncommitted, now);
  if (noted.call) return { ...noted, effects };
  const summarised = beginSummaryCall(ports, actor, product, noted.state);
  if (summarised.call) return { ...summarised, effects };
  return { state: summarised.state, effects, call: beginRedactionCall(ports, actor, product, summarised.state) };
}

/** Leases run out, silences are over, what nobody has heard of is given up; and enough may have been noted for a summary. */
function letTimePass(
  { productId, sessionId }: SessionActor,
  state: SessionState,
  configuration: ProductConfiguration,
  now: number,
): Decision<SessionState> {
  const name = { productId, sessionId };
  const { delivery } = configuration;
  const leased = expireOfferLease(expireLease(state, delivery, now), delivery, now);
  const helped = expireHelp(name, withManners(leased, configuration), configuration, now);
  const answered = expireAnswer(name, helped.state, configuration, now);
  const expired = expireSummary(name, answered.state, configuration, now);
  const considered = considerSummary(name, expired.state, configuration.summaries, now);
  const effects = [helped, answered, expired, considered].flatMap((passed) => passed.effects);
  return { state: considered.state, effects };
}

/** The calls whose slots say all about them: a claim, which may make a conversation the user's, and a teardown. */
function beginSlot(
  ports: TurnPorts,
  actor: SessionActor,
  product: Product,
  state: SessionState,
  now: number,
): Call | null {
  if (state.claim && claimDueAt(state) <= now) return askClaim(ports, actor, product, state.claim);
  const teardown = state.manners?.teardown;
  return teardown && teardownDueAt(state) <= now ? tearDown(ports, actor, product, teardown) : null;
}

/** While the product is paused, calls that are due wait until the pause is over. */
async function obeyPause(
  { guards, clock, random }: TurnPorts,
  { productId }: SessionActor,
  configuration: ProductConfiguration,
  state: SessionState,
): Promise<SessionState> {
  const now = clock.now();
  const due = [claimDueAt, teardownDueAt, answerDueAt, summaryDueAt, redactionDueAt].map((dueOf) => dueOf(state));
  if (Math.min(noteDueAt(state, configuration), ...due) > now) return state;
  const pause = await guards.pause(productId, now);
  if (!pause) return state;
  const until = afterPause(configuration.delivery, pause.until, random.unit());
  const postponed = postponeTeardown(postponeClaim(state, until, configuration, now), until, configuration, now);
  const unsaid = postponeRedaction(postponeAnswer(postponed, until, configuration, now), until, configuration, now);
  return postponeNote(postponeSummary(unsaid, until, configuration, now), until, configuration, now);
}

/** @param dueBy the moment up to which time has passed in the state: a lease that ran out since then is still held in it */
async function beginNoteCall(
  ports: TurnPorts,
  actor: SessionActor,
  product: Product,
  state: SessionState,
  uncommitted: readonly ActivityRow[],
  dueBy: number,
): Promise<{ readonly state: SessionState; readonly call: Call | null }> {
  const { configuration } = product;
  if (noteDueAt(state, configuration) > dueBy) return { state, call: null };
  if (state.note?.step === "uncertain") {
    return { state, call: findNote(ports, actor, product, state.note.attempt) };
  }
  const { waiting, rows } = await readWaitingRows(ports.store, actor, state, uncommitted);
  const plan = planNote(rows, waiting);
  if (!plan) {
    // Only the window leaves a note without actions; of other rows nothing is left when they outlived their retention.
    if (!waiting.link) ports.telemetry.error("note.rows_missing", { product_id: actor.productId });
    return beginNoteCall(ports, actor, product, skipRows(state, waiting.through), uncommitted, dueBy);
  }
  const now = ports.clock.now();
  const text = noteText({
    sessionId: actor.sessionId,
    actions: plan.actions,
    binSeconds: waiting.link ? configuration.binSeconds : 0,
    nowS: now / 1_000,
  });
  const { from, through, actions } = plan;
  const fingerprint = ports.platform.fingerprint(text);
  const acceptedAt = rows.find(({ n }) => n === from)?.acceptedAt ?? now;
  const waitingSince = Math.max(acceptedAt, state.link?.at ?? 0);
  const planned = { from, through, actions: actions.length, waitingSince, fingerprint };
  const begun = beginNote(state, planned, configuration, now);
  if (begun.note?.step !== "posting") throw new Error("A note that was begun is being posted");
  const { attempt, leaseUntil } = begun.note;
  return { state: begun, call: postNote(ports, actor, product, { attempt, leaseUntil, text }) };
}
