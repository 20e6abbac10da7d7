import type { SessionActor } from "../domain/actor/actor.ts";
import type { Outcome } from "../domain/actor/outcome.ts";
import { settleNote } from "../domain/session/note-slot.ts";
import type { NoteAttempt, SessionState } from "../domain/session/state.ts";
import { outcomeOf } from "./outcome-of.ts";
import { PLATFORM_SKEW_MS } from "./platform-clock.ts";
import type { ActorStore, NoteRow, Product } from "./ports.ts";
import type { Call, Step, TurnPorts } from "./turn-ports.ts";

/** Posts the note of an attempt that the item has on record. */
export function postNote(
  ports: TurnPorts,
  actor: SessionActor,
  product: Product,
  { attempt, leaseUntil, text }: { readonly attempt: NoteAttempt; readonly leaseUntil: number; readonly text: string },
): Call {
  const { conversationId } = attempt;
  return {
    slot: "note",
    make: async () => {
      // A commit may have taken long. What is sent after the lease may be sent twice.
      const late = ports.clock.now() + product.configuration.delivery.callTimeoutMs > leaseUntil;
      const outcome: Outcome = late
        ? { kind: "failed" }
        : await ports.platform
            .postNote(product, { conversationId, text })
            .then(({ partId }): Outcome => ({ kind: "settled", ...(partId === undefined ? {} : { partId }) }))
            .catch((error) => outcomeOf(error, ports, actor.productId, product.configuration));
      return noteStep(ports, actor, product, attempt.id, outcome);
    },
  };
}

/** Looks for a note whose attempt came to no definite end. */
export function findNote(ports: TurnPorts, actor: SessionActor, product: Product, attempt: NoteAttempt): Call {
  const { conversationId, fingerprint } = attempt;
  return {
    slot: "note",
    make: async () => {
      const createdSince = attempt.startedAt - PLATFORM_SKEW_MS;
      const known = await settledNotes(ports.store, actor, attempt, createdSince - PLATFORM_SKEW_MS);
      const outcome: Outcome = await ports.platform
        .findNote(product, { conversationId, fingerprint, createdSince, known })
        .then((found): Outcome => (found ? { kind: "settled", partId: found.partId } : { kind: "absent" }))
        .catch((error) => outcomeOf(error, ports, actor.productId, product.configuration));
      return noteStep(ports, actor, product, attempt.id, outcome);
    },
  };
}

/**
 * Ids of the session's settled notes, back to a moment: one of these is never taken for the note that is looked for. A
 * row at the attempt's own end was left by a turn that died before it could commit, and names the very note.
 */
async function settledNotes(
  store: ActorStore,
  actor: SessionActor,
  { through }: NoteAttempt,
  since: number,
): Promise<ReadonlySet<string>> {
  const ids = new Set<string>();
  for await (const note of store.notes(actor, { after: 0, through: through - 1, newestFirst: true })) {
    // Not in the order of time: rows of a session that began again stand among those that its first life left.
    if (note.postedAt >= since) ids.add(note.partId);
  }
  return ids;
}

/** Chance is drawn once, so that the step can be taken again on another state. */
function noteStep(
  ports: TurnPorts,
  { productId, sessionId }: SessionActor,
  product: Product,
  attemptId: number,
  outcome: Outcome,
): (state: SessionState) => Step {
  const moment = { now: ports.clock.now(), unit: ports.random.unit() };
  return (state) => {
    const settled = settleNote({ productId, sessionId }, state, attemptId, outcome, product.configuration, moment);
    const { posted } = settled;
    const notes: NoteRow[] = posted?.partId
      ? [
          {
            from: posted.from,
            through: posted.through,
            partId: posted.partId,
            conversationId: posted.conversationId,
            postedAt: moment.now,
          },
        ]
      : [];
    return { state: settled.state, effects: settled.effects, notes };
  };
}
