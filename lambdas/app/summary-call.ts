import type { SessionActor } from "../domain/actor/actor.ts";
import type { Outcome } from "../domain/actor/outcome.ts";
import { summaryNote } from "../domain/notes/summary-note.ts";
import { summaryDueAt } from "../domain/session/due-at.ts";
import type { SessionState } from "../domain/session/state.ts";
import type { SummaryAttempt } from "../domain/session/summaries.ts";
import { beginSummary, settleSummary } from "../domain/session/summary-slot.ts";
import type { ActorStore, Product, SummaryRow } from "./ports.ts";
import { findText, postText } from "./post-text.ts";
import type { Call, Step, TurnPorts } from "./turn-ports.ts";

/** Begins the call that the summary in the slot is due for. */
export function beginSummaryCall(
  ports: TurnPorts,
  actor: SessionActor,
  product: Product,
  state: SessionState,
): { readonly state: SessionState; readonly call: Call | null } {
  const now = ports.clock.now();
  const slot = state.summaries?.slot;
  if (!slot || summaryDueAt(state) > now) return { state, call: null };
  switch (slot.step) {
    case "waiting": {
      const text = summaryNote(actor.sessionId, slot);
      const begun = beginSummary(state, slot, ports.platform.fingerprint(text), product.configuration, now);
      return { state: begun.state, call: postSummary(ports, actor, product, { ...begun.posting, text }) };
    }
    case "uncertain":
      return { state, call: findSummary(ports, actor, product, slot.attempt) };
    case "asked":
    case "posting":
      // Their time is over, which the turn noticed before.
      return { state, call: null };
    default:
      return slot satisfies never;
  }
}

function postSummary(
  ports: TurnPorts,
  actor: SessionActor,
  product: Product,
  posting: { readonly attempt: SummaryAttempt; readonly leaseUntil: number; readonly text: string },
): Call {
  return {
    slot: "summary",
    make: async () =>
      summaryStep(ports, actor, product, posting.attempt.id, await postText(ports, actor, product, posting)),
  };
}

/** Looks for a summary whose attempt came to no definite end. */
function findSummary(ports: TurnPorts, actor: SessionActor, product: Product, attempt: SummaryAttempt): Call {
  return {
    slot: "summary",
    make: async () => {
      const known = await settledSummaries(ports.store, actor, attempt);
      return summaryStep(ports, actor, product, attempt.id, await findText(ports, actor, product, attempt, known));
    },
  };
}

/**
 * The summary before this one is never taken for it. A row at the attempt's own end was left by a turn that died before
 * it could commit, and names the very summary.
 */
async function settledSummaries(
  store: ActorStore,
  actor: SessionActor,
  { through }: SummaryAttempt,
): Promise<ReadonlySet<string>> {
  for await (const { partId } of store.summaries(actor, { after: 0, through: through - 1, newestFirst: true })) {
    return new Set(partId === undefined ? [] : [partId]);
  }
  return new Set();
}

/** Chance is drawn once, so that the step can be taken again on another state. */
function summaryStep(
  ports: TurnPorts,
  { productId, sessionId }: SessionActor,
  product: Product,
  attemptId: number,
  outcome: Outcome,
): (state: SessionState) => Step {
  const moment = { now: ports.clock.now(), unit: ports.random.unit() };
  return (state) => {
    const settled = settleSummary({ productId, sessionId }, state, attemptId, outcome, product.configuration, moment);
    const { posted } = settled;
    const row = posted && rowOf(posted, moment.now);
    return { state: settled.state, effects: settled.effects, notes: [], summaries: row ? [row] : [] };
  };
}

function rowOf(
  { after, through, text, partId }: SummaryAttempt & { readonly partId: string | undefined },
  postedAt: number,
): SummaryRow {
  return { after, through, text, partId, postedAt };
}
