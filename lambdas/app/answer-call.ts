import type { SessionActor } from "../domain/actor/actor.ts";
import { type AnswerOutcome, beginAnswer, settleAnswer } from "../domain/session/answer-slot.ts";
import type { AnswerAttempt } from "../domain/session/answering.ts";
import { answerDueAt } from "../domain/session/due-at.ts";
import type { SessionState } from "../domain/session/state.ts";
import { withoutMarks } from "../domain/text/marked-text.ts";
import { outcomeOf } from "./outcome-of.ts";
import { PLATFORM_SKEW_MS } from "./platform-clock.ts";
import type { Product } from "./ports.ts";
import type { Call, Step, TurnPorts } from "./turn-ports.ts";

/** Begins the call that the answer in the slot is due for. */
export function beginAnswerCall(
  ports: TurnPorts,
  actor: SessionActor,
  product: Product,
  state: SessionState,
): { readonly state: SessionState; readonly call: Call | null } {
  const now = ports.clock.now();
  const slot = state.answering?.slot;
  if (!slot || answerDueAt(state) > now) return { state, call: null };
  switch (slot.step) {
    case "waiting": {
      const fingerprint = ports.platform.fingerprint(withoutMarks(slot.text));
      const begun = beginAnswer(state, slot, fingerprint, product.configuration, now);
      return { state: begun.state, call: sendAnswer(ports, actor, product, begun.posting) };
    }
    case "uncertain":
      return { state, call: findAnswer(ports, actor, product, slot.attempt, state.answering?.partIds ?? []) };
    case "asked":
    case "posting":
      // Their time is over, which the turn noticed before.
      return { state, call: null };
    default:
      return slot satisfies never;
  }
}

function sendAnswer(
  ports: TurnPorts,
  actor: SessionActor,
  product: Product,
  { attempt, leaseUntil }: { readonly attempt: AnswerAttempt; readonly leaseUntil: number },
): Call {
  const { conversationId, text } = attempt;
  const { answers, delivery } = product.configuration;
  return {
    slot: "answer",
    make: async () => {
      const now = ports.clock.now();
      // A commit may have taken long. What is sent after the lease may be sent twice.
      const outcome: AnswerOutcome =
        now + delivery.callTimeoutMs > leaseUntil
          ? { kind: "failed" }
          : await ports.platform
              .answerUser(product, { conversationId, text, unlessTeammateSince: now - answers.humanQuietMs })
              .then((sent): AnswerOutcome => (sent === "held" ? { kind: "held" } : { kind: "settled", ...sent }))
              .catch((error) => outcomeOf(error, ports, actor.productId, product.configuration));
      return answerStep(ports, actor, product, attempt.id, outcome);
    },
  };
}

/** Looks for an answer whose attempt came to no definite end. */
function findAnswer(
  ports: TurnPorts,
  actor: SessionActor,
  product: Product,
  { id, conversationId, fingerprint, startedAt }: AnswerAttempt,
  partIds: readonly string[],
): Call {
  return {
    slot: "answer",
    make: async () => {
      const createdSince = startedAt - PLATFORM_SKEW_MS;
      const outcome = await ports.platform
        .findAnswer(product, { conversationId, fingerprint, createdSince, known: new Set(partIds) })
        .then((found): AnswerOutcome => (found ? { kind: "settled", partId: found.partId } : { kind: "absent" }))
        .catch((error) => outcomeOf(error, ports, actor.productId, product.configuration));
      return answerStep(ports, actor, product, id, outcome);
    },
  };
}

/** Chance is drawn once, so that the step can be taken again on another state. */
function answerStep(
  ports: TurnPorts,
  { productId, sessionId }: SessionActor,
  product: Product,
  attemptId: number,
  outcome: AnswerOutcome,
): (state: SessionState) => Step {
  const moment = { now: ports.clock.now(), unit: ports.random.unit() };
  return (state) => ({
    ...settleAnswer({ productId, sessionId }, state, attemptId, outcome, product.configuration, moment),
    notes: [],
  });
}
