import type { Decision } from "../actor/decision.ts";
import type { ProductConfiguration } from "../product/configuration.ts";
import { interact } from "./agent-state.ts";
import type { AnswerAttempt, Answering } from "./answering.ts";
import { answerEvent, askModel, inHourOf, mayAsk } from "./ask-answer.ts";
import { fireOffer } from "./offer-slot.ts";
import type { SessionName, SessionState } from "./state.ts";
import { planTourOffer } from "./tour.ts";

/** More do not come within the minutes that a look goes back. */
const MOST_PARTS = 8;

/** The answer stands in the conversation: what the user did until they asked is known, what they did since is news. */
export function answerPosted(
  name: SessionName,
  state: SessionState,
  answering: Answering,
  {
    conversationId,
    answers,
    startedAt,
    partId,
    tries,
  }: AnswerAttempt & {
    readonly partId: string | undefined;
    readonly tries: number;
  },
  configuration: ProductConfiguration,
  now: number,
): Decision<SessionState> {
  const asked = answering.questions.slice(0, answers);
  const at = asked.at(-1)?.wroteAt ?? startedAt;
  const detail = { questions: asked.length, tries, waited_ms: Math.max(0, now - at) };
  const next: Answering = {
    ...answering,
    watermark: { conversationId, at },
    hour: { ...answering.hour, answered: answering.hour.answered + 1 },
    partIds: partId === undefined ? answering.partIds : [...answering.partIds, partId].slice(-MOST_PARTS),
  };
  return goOn(name, state, next, answers, configuration, now, [
    answerEvent(name, "answer.posted", conversationId, now, detail),
  ]);
}

/** Where nobody but us is to speak, the tour of a tapped chip is not offered either. */
const silencing: ReadonlySet<string> = new Set(["teammate", "loop", "moved_on", "gone", "switched_off"]);

/** Nothing is answered: the user hears of the team, or of whoever was quicker. */
export function dropAnswer(
  name: SessionName,
  state: SessionState,
  reason: string,
  configuration: ProductConfiguration,
  now: number,
): Decision<SessionState> {
  const { answering } = state;
  const { slot } = answering ?? {};
  if (!answering || !slot) return { state, effects: [] };
  const { conversationId, answers } = "attempt" in slot ? slot.attempt : slot;
  const next = silencing.has(reason) ? { ...answering, tourId: null } : answering;
  return goOn(name, state, next, answers, configuration, now, [
    answerEvent(name, "answer.dropped", conversationId, now, { reason }),
  ]);
}

/** What follows an answer: what was asked meanwhile, else the tour of the chip that was tapped. */
function goOn(
  name: SessionName,
  state: SessionState,
  answering: Answering,
  answers: number,
  configuration: ProductConfiguration,
  now: number,
  effects: Decision<SessionState>["effects"],
): Decision<SessionState> {
  const left = inHourOf(now, { ...answering, questions: answering.questions.slice(answers), slot: null });
  const { link, manners } = state;
  const [next] = left.questions;
  if (next && next.conversationId === link?.conversationId && mayAsk(left, configuration.answers)) {
    const asked = askModel(name, state, left, now);
    return { state: asked.state, effects: [...effects, ...asked.effects] };
  }
  const settled = { ...state, answering: { ...left, questions: [], tourId: null } };
  if (!manners) return { state: settled, effects };
  // The user now reads: their silence counts from here.
  const heard = { ...settled, manners: { ...manners, agent: interact(manners.agent, "chat_message", now) } };
  if (left.tourId === null || manners.offer || !link) return { state: heard, effects };
  const offer = planTourOffer(name.productId, left.tourId, configuration, now);
  return { state: fireOffer(heard, offer), effects };
}
