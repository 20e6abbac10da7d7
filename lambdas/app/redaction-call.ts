import type { SessionActor } from "../domain/actor/actor.ts";
import { type RedactionOutcome, redactionDueAt, roomFor, settleRedactions } from "../domain/session/redaction.ts";
import type { SessionState } from "../domain/session/state.ts";
import type { Redaction } from "../domain/session/summaries.ts";
import { outcomeOf } from "./outcome-of.ts";
import type { ActorStore, Product } from "./ports.ts";
import type { Call, TurnPorts } from "./turn-ports.ts";

/** So many notes are taken away at a time: their calls run side by side, within one call's timeout. */
const ROUND_NOTES = 10;

/** By so much at most, and less than any session is remembered, the clocks of two workers differ. */
const CLOCKS_DIFFER_MS = 60_000;

/**
 * Takes away notes whose summary stands, a round of them. Nothing is recorded before: a note that is taken away twice is
 * away, so that a turn that dies here is simply repeated.
 */
export function beginRedactionCall(
  ports: TurnPorts,
  actor: SessionActor,
  product: Product,
  state: SessionState,
): Call | null {
  const { summaries } = state;
  if (!summaries?.redaction || redactionDueAt(state) > ports.clock.now()) return null;
  const { redaction: from, since } = summaries;
  return {
    slot: "redaction",
    make: async () => {
      const now = ports.clock.now();
      const late = from.late.filter(({ retryAt }) => retryAt <= now).slice(0, ROUND_NOTES);
      const next = await nextNotes(
        ports.store,
        actor,
        from,
        since,
        Math.min(ROUND_NOTES - late.length, roomFor(from)),
        now,
      );
      const partIds = [...late, ...next.notes].map(({ partId }) => partId);
      const outcomes = await Promise.all(partIds.map((partId) => redact(ports, product, from.conversationId, partId)));
      const moment = { now: ports.clock.now(), unit: ports.random.unit() };
      const { productId, sessionId } = actor;
      return (latest) => ({
        ...settleRedactions(
          { productId, sessionId },
          latest,
          { from, upTo: next.upTo, outcomes },
          product.configuration,
          moment,
        ),
        notes: [],
      });
    },
  };
}

/**
 * The next notes of the range that the summary replaces: those of its own conversation, and of this life of the session.
 *
 * @returns with the row through which none is left but these
 */
async function nextNotes(
  store: ActorStore,
  actor: SessionActor,
  { conversationId, after, through, nextAt }: Redaction,
  since: number,
  most: number,
  now: number,
): Promise<{ readonly notes: readonly { readonly partId: string }[]; readonly upTo: number }> {
  if (most <= 0 || nextAt > now) return { notes: [], upTo: after };
  const notes: { readonly partId: string }[] = [];
  for await (const note of store.notes(actor, { after, through, newestFirst: false })) {
    if (note.conversationId !== conversationId || note.postedAt < since - CLOCKS_DIFFER_MS) continue;
    notes.push(note);
    if (notes.length === most) return { notes, upTo: note.through };
  }
  return { notes, upTo: through };
}

async function redact(
  ports: TurnPorts,
  product: Product,
  conversationId: string,
  partId: string,
): Promise<RedactionOutcome> {
  const outcome = await ports.platform
    .redactNote(product, { conversationId, partId })
    .then(() => ({ kind: "settled" }) as const)
    .catch((error) => outcomeOf(error, ports, product.productId, product.configuration));
  return { partId, outcome };
}
