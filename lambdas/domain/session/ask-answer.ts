import type { Decision, Effect } from "../actor/decision.ts";
import { shortHash } from "../actor/hash.ts";
import type { UserWroteMessage } from "../actor/message.ts";
import type { AnswerJob } from "../language/job.ts";
import type { ProductConfiguration } from "../product/configuration.ts";
import { strip } from "../text/strip.ts";
import type { Answering, AnswerSlot } from "./answering.ts";
import type { SessionName, SessionState } from "./state.ts";

/** Who has asked does not wait longer: what is not answered by then is left to the team. */
const ANSWER_LASTS_MS = 90_000;

const HOUR_MS = 3_600_000;

/** A user who types in bursts is answered once, to all of it. */
const MOST_QUESTIONS = 5;

const nothingAsked: Answering = {
  questions: [],
  slot: null,
  watermark: null,
  answeredAt: [],
  partIds: [],
  tourId: null,
};

/**
 * The user asks something that is to be answered: a model is asked, about all that is not answered yet. What was asked
 * before and has not been sent is asked anew, with it.
 *
 * @param tourId of the chip that was tapped: offered once the answer stands
 */
export function askAnswer(
  name: SessionName,
  state: SessionState,
  { id, text, wroteAt, acceptedAt }: UserWroteMessage,
  tourId: string | null,
  { answers }: ProductConfiguration,
): Decision<SessionState> {
  const { link } = state;
  if (!answers.enabled) return { state, effects: [] };
  const question = strip(text);
  if (!link?.verified || question === "") return { state, effects: [] };
  const before = state.answering ?? nothingAsked;
  const answeredAt = before.answeredAt.filter((at) => at > acceptedAt - HOUR_MS);
  if (answeredAt.length >= answers.maxPerHour) {
    return {
      state,
      effects: [answerEvent(name, "answer.dropped", link.conversationId, acceptedAt, { reason: "limit" })],
    };
  }
  const questions = [...before.questions, { id, text: question, wroteAt }].slice(-MOST_QUESTIONS);
  const asking: Answering = { ...before, answeredAt, questions, tourId: tourId ?? before.tourId };
  // What is in the air stays there; what came since is asked about when it has settled.
  if (asking.slot && "attempt" in asking.slot) return { state: { ...state, answering: asking }, effects: [] };
  return askModel(name, state, asking, link.conversationId, acceptedAt);
}

/** Asks a model about all that is not answered yet. */
export function askModel(
  { productId, sessionId }: SessionName,
  state: SessionState,
  asking: Answering,
  conversationId: string,
  askedAt: number,
): Decision<SessionState> {
  const { questions, watermark } = asking;
  const job: AnswerJob = {
    kind: "answer",
    id: `answer-${shortHash(conversationId, ...questions.map(({ id }) => id))}`,
    actor: { kind: "session", productId, sessionId },
    askedAt,
    notAfter: askedAt + ANSWER_LASTS_MS,
    conversationId,
    questions: [...questions],
    since: watermark?.conversationId === conversationId ? watermark.at : null,
    after: state.forgottenThrough,
    through: state.appended,
  };
  const slot: Extract<AnswerSlot, { step: "asked" }> = {
    step: "asked",
    jobId: job.id,
    conversationId,
    answers: questions.length,
    giveUpAt: job.notAfter,
  };
  return { state: { ...state, answering: { ...asking, slot } }, effects: [{ type: "ask", job }] };
}

/** An event about an answer. */
export function answerEvent(
  { productId, sessionId }: SessionName,
  type: "answer.posted" | "answer.dropped",
  conversationId: string,
  at: number,
  detail: Readonly<Record<string, string | number>>,
): Effect {
  return { type: "publish", event: { type, productId, sessionId, conversationId, at, detail } };
}
