import type { Decision, Effect } from "../actor/decision.ts";
import { shortHash } from "../actor/hash.ts";
import type { UserWroteMessage } from "../actor/message.ts";
import { cutoffForDeltaActivity } from "../language/chat-context.ts";
import type { AnswerJob, Question } from "../language/job.ts";
import type { ProductConfiguration } from "../product/configuration.ts";
import { cutCodePoints } from "../text/code-points.ts";
import { strip } from "../text/strip.ts";
import type { Answering, AnswerSlot } from "./answering.ts";
import type { SessionName, SessionState } from "./state.ts";

/** Who has asked does not wait longer: what is not answered by then is left to the team. */
const ANSWER_LASTS_MS = 90_000;

/** What the platform tells us so late is history: it was answered by somebody, or by us. */
const NEWS_FOR_MS = 600_000;

const HOUR_MS = 3_600_000;

/** A model may be asked more often than the user is answered: a burst of messages is asked about anew with each. */
const ASKS_PER_ANSWER = 4;

/** A user who types in bursts is answered once, to all of it. */
const MOST_QUESTIONS = 5;

/** In code points: the item carries them. */
const LONGEST_QUESTION = 2_000;

const nothingAsked: Answering = {
  questions: [],
  slot: null,
  watermark: null,
  hour: { since: 0, asked: 0, answered: 0 },
  partIds: [],
  tourId: null,
};

/**
 * The user asks something that is to be answered: a model is asked, about all that is not answered yet. What was asked
 * before and has not been sent is asked anew, with it; what was asked in another conversation is left to the team.
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
  const asked = cutCodePoints(strip(text), LONGEST_QUESTION);
  if (!answers.enabled || !link?.verified || asked === "") return { state, effects: [] };
  if (acceptedAt - wroteAt > NEWS_FOR_MS) return { state, effects: [] };
  const { conversationId } = link;
  const before = inHourOf(acceptedAt, state.answering ?? nothingAsked);
  if (!mayAsk(before, answers)) {
    return { state, effects: [answerEvent(name, "answer.dropped", conversationId, acceptedAt, { reason: "limit" })] };
  }
  const inAir = before.slot && "attempt" in before.slot ? before.slot.attempt.answers : 0;
  const question: Question = { id, conversationId, text: asked, wroteAt };
  const waiting = before.questions.slice(inAir).filter((other) => other.conversationId === conversationId);
  const asking: Answering = {
    ...before,
    questions: [...before.questions.slice(0, inAir), ...[...waiting, question].slice(-MOST_QUESTIONS)],
    tourId: tourId ?? before.tourId,
  };
  // What is in the air stays there; what came since is asked about when it has settled.
  if (inAir > 0) return { state: { ...state, answering: asking }, effects: [] };
  return askModel(name, state, asking, acceptedAt);
}

/** Whether a model may be asked (again) in this hour. */
export function mayAsk({ hour }: Answering, { enabled, maxPerHour }: ProductConfiguration["answers"]): boolean {
  return enabled && hour.answered < maxPerHour && hour.asked < maxPerHour * ASKS_PER_ANSWER;
}

/** The counts of an hour that is over are forgotten. */
export function inHourOf(now: number, answering: Answering): Answering {
  return now - answering.hour.since < HOUR_MS
    ? answering
    : { ...answering, hour: { since: now, asked: 0, answered: 0 } };
}

/** Asks a model about all that is not answered yet, which is of one conversation. */
export function askModel(
  { productId, sessionId }: SessionName,
  state: SessionState,
  asking: Answering,
  askedAt: number,
): Decision<SessionState> {
  const { questions, watermark, hour } = asking;
  const [first] = questions;
  if (!first) return { state, effects: [] };
  const { conversationId } = first;
  const job: AnswerJob = {
    kind: "answer",
    id: `answer-${shortHash(conversationId, String(askedAt), ...questions.map(({ id }) => id))}`,
    actor: { kind: "session", productId, sessionId },
    askedAt,
    notAfter: askedAt + ANSWER_LASTS_MS,
    conversationId,
    questions: [...questions],
    since: cutoffForDeltaActivity(watermark, conversationId),
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
  const answering = { ...asking, slot, hour: { ...hour, asked: hour.asked + 1 } };
  return { state: { ...state, answering }, effects: [{ type: "ask", job }] };
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
