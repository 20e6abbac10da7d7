import type { SessionActor } from "../domain/actor/actor.ts";
import type { Outcome } from "../domain/actor/outcome.ts";
import { settleNote } from "../domain/session/note-slot.ts";
import type { NoteAttempt, SessionState } from "../domain/session/state.ts";
import { PLATFORM_SKEW_MS } from "./platform-clock.ts";
import type { ActorStore, NoteRow, Product } from "./ports.ts";
import { findText, postText } from "./post-text.ts";
import type { Call, Step, TurnPorts } from "./turn-ports.ts";

/** Posts the note of an attempt that the item has on record. */
export function postNote(
  ports: TurnPorts,
  actor: SessionActor,
  product: Product,
  posting: { readonly attempt: NoteAttempt; readonly leaseUntil: number; readonly text: string },
): Call {
  return {
    slot: "note",
    make: async () =>
      noteStep(ports, actor, product, posting.attempt.id, await postText(ports, actor, product, posting)),
  };
}

/** Looks for a note whose attempt came to no definite end. */
export function findNote(ports: TurnPorts, actor: SessionActor, product: Product, attempt: NoteAttempt): Call {
  return {
    slot: "note",
    make: async () => {
      const known = await settledNotes(ports.store, actor, attempt, attempt.startedAt - 2 * PLATFORM_SKEW_MS);
      return noteStep(ports, actor, product, attempt.id, await findText(ports, actor, product, attempt, known));
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
