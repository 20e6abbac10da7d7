import { cutAtWord } from "../text/cut-at-word.ts";
import { strip } from "../text/strip.ts";
import { type HistoryTurn, historyText, latestTurns } from "./history.ts";
import type { KnowledgeRecord } from "./knowledge.ts";
import { bestRecords, knowledgeText } from "./knowledge-text.ts";
import { onOneLine } from "./prompt-data.ts";

/** What an answer is written from, as texts; an empty one says that there is nothing of its kind. */
export type ChatContext = {
  readonly activitySinceLastMessage: string;
  readonly recentActivity: string;
  /** With its heading: {@link historyText}. */
  readonly history: string;
  /** With its heading: {@link knowledgeText}. */
  readonly knowledge: string;
  readonly question: string;
};

/** In code points: all questions together. */
const LONGEST_QUESTIONS = 4_000;

/** The reference's headings. */
const headings = {
  activitySinceLastMessage: "[ACTIVITY SINCE YOUR LAST CHAT MESSAGE]",
  recentActivity: "[RECENT PRODUCT ACTIVITY]",
  question: "[CURRENT USER MESSAGE]",
} as const;

/**
 * Puts together what is known when a user asks. All of it is data: what looks like a heading of ours in it is changed so
 * that nobody takes it for one, a turn stands on one line so that nothing in it looks like another one's, and what has no
 * bound of its own gets one.
 *
 * @param sources.questions oldest first
 * @param sources.recentActivity bounded, as `promptActivity` gives it
 * @param sources.activitySinceLastMessage likewise; null when the user never asked before
 * @param sources.turns what was said before the question, oldest first
 * @param sources.knowledge best first
 */
export function assembleChatContext(sources: {
  readonly questions: readonly string[];
  readonly recentActivity: string;
  readonly activitySinceLastMessage: string | null;
  readonly turns: readonly HistoryTurn[];
  readonly knowledge: readonly KnowledgeRecord[];
}): ChatContext {
  const turns = latestTurns(sources.turns).map(({ role, content }) => ({ role, content: asLine(content) }));
  const records = bestRecords(sources.knowledge).map(({ title, content }) => ({
    title: title && asLine(title),
    content: withoutHeadings(content),
  }));
  return {
    activitySinceLastMessage: withoutHeadings(sources.activitySinceLastMessage ?? ""),
    recentActivity: withoutHeadings(sources.recentActivity),
    history: historyText(turns),
    knowledge: knowledgeText(records),
    question: withoutHeadings(joined(sources.questions)),
  };
}

/** The blocks of a context that are not blank, in the reference's order: the news first. The question is not among them. */
export function contextText(context: Omit<ChatContext, "question">): string {
  const blocks = [
    underHeading(headings.activitySinceLastMessage, context.activitySinceLastMessage),
    underHeading(headings.recentActivity, context.recentActivity),
    strip(context.history),
    strip(context.knowledge),
  ];
  return blocks.filter((block) => block !== "").join("\n\n");
}

/** All that a model reads when it answers: the context, and at the end the question. */
export function userPromptBlock(context: ChatContext): string {
  const question = `${headings.question}\n${strip(context.question)}`;
  const before = contextText(context);
  return before === "" ? question : `${before}\n\n${question}`;
}

/**
 * The moment after which activity is news to an answer.
 *
 * @param watermark when the message was written that was answered last, ms, and where
 * @returns null when none was in this conversation: then nothing is told apart
 */
export function cutoffForDeltaActivity(
  watermark: { readonly conversationId: string; readonly at: number } | null,
  conversationId: string,
): number | null {
  return watermark?.conversationId === conversationId ? watermark.at : null;
}

/** Each cut to its share, so that a long one of before leaves room for the newest. */
function joined(questions: readonly string[]): string {
  const share = Math.floor(LONGEST_QUESTIONS / questions.length);
  return questions.map((question) => cutAtWord(strip(question), share)).join("\n");
}

function underHeading(heading: string, text: string): string {
  const content = strip(text);
  return content === "" ? "" : `${heading}\n${content}`;
}

const heading = /\[(activity since your last chat message|recent product activity|current user message)\]/giu;
const lineHeading = /^([^\S\n]*(?:prior conversation|knowledge base excerpts))[^\S\n]*:/gimu;

const asLine = (text: string): string => withoutHeadings(onOneLine(text));

function withoutHeadings(text: string): string {
  return text.replace(heading, "($1)").replace(lineHeading, "$1 -");
}
