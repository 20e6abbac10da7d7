import type { SessionActor } from "../domain/actor/actor.ts";
import { type RedactionOutcome, redactionDueAt, roomFor, settleRedactions } from "../domain/session/redaction.ts";
import type { SessionState } from "../domain/session/state.ts";
import type { Redaction } from "../domain/session/summaries.ts";
import { outcomeOf } from "./outcome-of.ts";
import { type ActorStore, type Product, RetryableError, TerminalError } from "./ports.ts";
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
      const most = Math.min(ROUND_NOTES - late.length, roomFor(from));
      const next = await nextNotes(ports.store, actor, from, { since, most, now });
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
 * The next notes of the oldest range: those of its own conversation and of this life of the session, and only those of
 * which the summary covers every row.
 *
 * @returns with the row through which none of the range is left but these
 */
async function nextNotes(
  store: ActorStore,
  actor: SessionActor,
  { conversationId, ranges: [range], nextAt }: Redaction,
  { since, most, now }: { readonly since: number; readonly most: number; readonly now: number },
): Promise<{ readonly notes: readonly { readonly partId: string }[]; readonly upTo: number }> {
  if (!range) return { notes: [], upTo: 0 };
  if (most <= 0 || nextAt > now) return { notes: [], upTo: range.after };
  const notes: { readonly partId: string }[] = [];
  for await (const note of store.notes(actor, { ...range, newestFirst: false })) {
    if (note.conversationId !== conversationId || note.postedAt < since - CLOCKS_DIFFER_MS || note.from <= range.after)
      continue;
    notes.push(note);
    if (notes.length === most) return { notes, upTo: note.through };
  }
  return { notes, upTo: range.through };
}

/** That only this is forbidden to us, or our token is no longer good, is for the notes to find out: they pause the product. */
async function redact(
  ports: TurnPorts,
  product: Product,
  conversationId: string,
  partId: string,
): Promise<RedactionOutcome> {
  const outcome = await ports.platform
    .redactNote(product, { conversationId, partId })
    .then(() => ({ kind: "settled" }) as const)
    .catch((error) => {
      const isForbidden = error instanceof TerminalError && error.reason === "unauthorized";
      return outcomeOf(
        isForbidden ? new RetryableError("failed", "redaction is not allowed", { cause: error }) : error,
        ports,
        product.productId,
        product.configuration,
      );
    });
  return { partId, outcome };
}
