import type { ActivityRow } from "../domain/activity/activity-row.ts";
import type { SessionActor } from "../domain/actor/actor.ts";
import { afterPause } from "../domain/actor/retry.ts";
import { planNote } from "../domain/notes/note-plan.ts";
import { noteText } from "../domain/notes/note-text.ts";
import type { ProductConfiguration } from "../domain/product/configuration.ts";
import { postponeClaim } from "../domain/session/claim.ts";
import { claimDueAt, noteDueAt } from "../domain/session/due-at.ts";
import { beginNote, expireLease, postponeNote, skipRows } from "../domain/session/note-slot.ts";
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
  const current = await obeyPause(ports, actor, configuration, expireLease(state, configuration.delivery, now));
  if (current.claim && claimDueAt(current) <= now) {
    return { state: current, call: askClaim(ports, actor, product, current.claim) };
  }
  if (noteDueAt(current, configuration) > now) return { state: current, call: null };
  if (current.note?.step === "uncertain") {
    return { state: current, call: findNote(ports, actor, product, current.note.attempt) };
  }
  return beginPost(ports, actor, product, current, uncommitted);
}

/** While the product is paused, calls that are due wait until the pause is over. */
async function obeyPause(
  { guards, clock, random }: TurnPorts,
  { productId }: SessionActor,
  configuration: ProductConfiguration,
  state: SessionState,
): Promise<SessionState> {
  const now = clock.now();
  if (Math.min(claimDueAt(state), noteDueAt(state, configuration)) > now) return state;
  const pause = await guards.pause(productId, now);
  if (!pause) return state;
  const until = afterPause(configuration.delivery, pause.until, random.unit());
  return postponeNote(postponeClaim(state, until, configuration, now), until, configuration, now);
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
  if (!plan) {
    // Only the window leaves a note without actions; of other rows nothing is left when they outlived their retention.
    if (!waiting.link) ports.telemetry.error("note.rows_missing", { product_id: actor.productId });
    return beginCall(ports, actor, product, skipRows(state, waiting.through), uncommitted);
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
