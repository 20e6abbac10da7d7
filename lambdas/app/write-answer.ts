import { answerRequest } from "../domain/language/answer-prompt.ts";
import { assembleChatContext } from "../domain/language/chat-context.ts";
import type { HistoryTurn } from "../domain/language/history.ts";
import type { AnswerJob, JobResult, Question } from "../domain/language/job.ts";
import { messengerText } from "../domain/language/messenger-text.ts";
import { repeatsOurWords } from "../domain/language/own-words.ts";
import { promptActivity } from "../domain/language/prompt-data.ts";
import { askForJob, modelBeginsBy, type Work } from "./ask-for-job.ts";
import { awaitRows } from "./await-rows.ts";
import type { JobPorts } from "./job-ports.ts";
import type { Turn } from "./ports.ts";
import { MOST_RECENT_ACTIONS, readActions, readSessionActivity } from "./read-activity.ts";
import { readConversation } from "./read-conversation.ts";
import { readKnowledge } from "./read-knowledge.ts";

/**
 * Answers the questions of a session that no other session answers, unless a teammate is there to do it.
 *
 * @throws RetryableError, TerminalError when a claim cannot be made, the log cannot be read, or no time is left
 */
export async function writeAnswer(ports: JobPorts, work: Work<AnswerJob>): Promise<JobResult> {
  const { product, job } = work;
  const claimed = await claimQuestions(ports, job);
  if (claimed.length === 0) return { kind: "declined", reason: "claimed" };

  const turns = await readConversation(ports, product, job.conversationId, modelBeginsBy(work));
  if (typeof turns === "string") return { kind: "failed", reason: turns };
  const quietSince = ports.clock.now() - product.configuration.answers.humanQuietMs;
  if (turns.some(({ by, at }) => by === "teammate" && at >= quietSince))
    return { kind: "declined", reason: "teammate" };
  const ourWords = turns.filter(({ by }) => by === "agent").map(({ text }) => text);
  const questions = claimed.filter(({ text }) => !repeatsOurWords(text, ourWords));
  if (questions.length === 0) return { kind: "declined", reason: "loop" };

  await awaitRows(ports, job);
  const texts = questions.map(({ text }) => text);
  const [recent, news, knowledge] = await Promise.all([
    readSessionActivity(ports.store, job.actor, job),
    readNews(ports, job),
    // A knowledge base may hear the beginning alone: the newest stands there.
    readKnowledge(ports, product, texts.toReversed().join("\n")),
  ]);
  const context = assembleChatContext({
    questions: texts,
    recentActivity: promptActivity(recent),
    activitySinceLastMessage: news && promptActivity({ summary: null, actions: news }),
    turns: turnsBefore(turns, questions),
    knowledge,
  });
  // Both are the end of one log: the longer one holds the other.
  const actions = news && news.length > recent.actions.length ? news : recent.actions;
  return askForJob(ports, work, answerRequest({ context, actions, knowledge }), messengerText);
}

/** Those that are ours to answer, in order: another session of the user may have been told of them too. */
async function claimQuestions({ claims, clock }: JobPorts, job: AnswerJob): Promise<readonly Question[]> {
  const { productId, sessionId } = job.actor;
  const claimed: Question[] = [];
  for (const question of job.questions) {
    const claim = { productId, sessionId, conversationId: job.conversationId, messageId: question.id };
    if (await claims.claim({ ...claim, now: clock.now() })) claimed.push(question);
  }
  return claimed;
}

/** What the user did since the last answer knew; null when there was none. */
async function readNews({ store }: JobPorts, { actor, after, through, since }: AnswerJob) {
  if (since === null) return null;
  return readActions(store, actor, { after, through, acceptedAfter: since }, MOST_RECENT_ACTIONS);
}

const roleOf = { user: "user", agent: "assistant", teammate: "teammate" } as const;

/** What was said before the user began to ask. */
function turnsBefore(turns: readonly Turn[], [first]: readonly Question[]): readonly HistoryTurn[] {
  const askedAt = first?.wroteAt ?? Number.POSITIVE_INFINITY;
  return turns
    .filter(({ by, at }) => by !== "user" || at < askedAt)
    .map(({ by, text }) => ({ role: roleOf[by], content: text }));
}
