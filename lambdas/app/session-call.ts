import type { ActivityRow } from "../domain/activity/activity-row.ts";
import type { SessionActor } from "../domain/actor/actor.ts";
import { planNote } from "../domain/notes/note-plan.ts";
import { noteText } from "../domain/notes/note-text.ts";
import { claimDueAt, noteDueAt } from "../domain/session/due-at.ts";
import { beginNote, expireLease, postponeNote, skipWindow } from "../domain/session/note-slot.ts";
import type { SessionState } from "../domain/session/state.ts";
import { askClaim } from "./claim-call.ts";
import { findNote, postNote } from "./note-call.ts";
import type { Product } from "./ports.ts";
import type { Call, TurnPorts } from "./turn-ports.ts";
import { readWaitingRows } from "./waiting-note.ts";

/**
 * Finds the call that is due, and records what must be known before it is made.
 *
 * @param uncommitted rows that will be committed together with the state
 */
export async function beginCall(
  ports: TurnPorts,
  actor: SessionActor,
  product: Product,
  state: SessionState,
  uncommitted: readonly ActivityRow[],
): Promise<{ readonly state: SessionState; readonly call: Call | null }> {
  const { configuration } = product;
  const now = ports.clock.now();
  const current = expireLease(state, now);
  const claimDue = claimDueAt(current) <= now;
  if (!claimDue && noteDueAt(current, configuration) > now) return { state: current, call: null };

  const pause = await ports.guards.pause(actor.productId, now);
  if (pause) {
    const until = pause.until + ports.random.unit() * Math.min(10_000, configuration.delivery.retryMaxMs / 4);
    const claim = claimDue && current.claim ? { ...current.claim, retryAt: until } : current.claim;
    const waiting = noteDueAt(current, configuration) <= now ? postponeNote(current, until, now) : current;
    return { state: { ...waiting, claim }, call: null };
  }
  if (claimDue && current.claim) {
    return { state: current, call: askClaim(ports, actor, product, current.claim) };
  }
  if (current.note?.step === "uncertain") {
    return { state: current, call: findNote(ports, actor, product, current.note.attempt) };
  }
  return beginPost(ports, actor, product, current, uncommitted);
}

async function beginPost(
  ports: TurnPorts,
  actor: SessionActor,
  product: Product,
  state: SessionState,
  uncommitted: readonly ActivityRow[],
): ReturnType<typeof beginCall> {
  const { configuration } = product;
  const { waiting, rows } = await readWaitingRows(ports.store, actor, state, uncommitted);
  const plan = planNote(rows, waiting);
  if (!plan) return beginCall(ports, actor, product, skipWindow(state), uncommitted);
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
