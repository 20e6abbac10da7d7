import {
  assembleChatContext,
  type ChatContext,
  contextText,
  cutoffForDeltaActivity,
  userPromptBlock,
} from "../../../lambdas/domain/language/chat-context.ts";
import { type HistoryTurn, historyText } from "../../../lambdas/domain/language/history.ts";
import type { KnowledgeRecord } from "../../../lambdas/domain/language/knowledge.ts";
import { knowledgeText } from "../../../lambdas/domain/language/knowledge-text.ts";
import type { Adapters, Input } from "../adapter.ts";

const contextFrom = (assembly: Input): ChatContext => ({
  activitySinceLastMessage: assembly.activitySinceLastChatMessage ?? "",
  recentActivity: assembly.recentActivity ?? "",
  history: assembly.conversationHistoryText ?? "",
  knowledge: assembly.kbRecordsText ?? "",
  question: assembly.userMessage ?? "",
});

const assemblyOf = (context: ChatContext) => ({
  recentActivity: context.recentActivity,
  kbRecordsText: context.knowledge,
  conversationHistoryText: context.history,
  activitySinceLastChatMessage: context.activitySinceLastMessage,
});

const turnFrom = ({ role, content }: Input): HistoryTurn => ({ role: role ?? "", content: content ?? "" });

const recordFrom = ({ title, content }: Input): KnowledgeRecord => ({ title: title ?? null, content: content ?? "" });

/** Every question of ours comes from a session; without one, nothing of a session is read there. */
function assembleRagChatContext({ userMessage, local, since, memory, kb, sessionId, activitySinceCutoff }: Input) {
  const context = assembleChatContext({
    questions: [userMessage],
    recentActivity: sessionId ? (local ?? "") : "",
    activitySinceLastMessage: sessionId && typeof activitySinceCutoff === "number" ? (since ?? null) : null,
    turns: sessionId ? (memory?.turns ?? []).map(turnFrom) : [],
    knowledge: (kb ?? []).map(recordFrom),
  });
  return { userBlock: userPromptBlock(context), assembly: assemblyOf(context) };
}

export const ragQueryAdapters: Adapters = {
  buildUserPromptBlock: { run: ({ assembly }) => userPromptBlock(contextFrom(assembly)) },
  // Its template has a place of its own for the history.
  buildSelectedContextForRagSystemPrompt: {
    run: ({ assembly }) => contextText({ ...contextFrom(assembly), history: "" }),
  },
  formatHistoryForPrompt: { run: ({ history, sectionHeader }) => historyText(history.map(turnFrom), sectionHeader) },
  formatKbRecordsForPrompt: { run: ({ records }) => knowledgeText(records.map(recordFrom)) },
  cutoffForDeltaActivity: {
    run: ({ previousInboundAt: at }) => {
      const conversationId = "conv";
      return cutoffForDeltaActivity(at === null ? null : { conversationId, at }, conversationId);
    },
  },
  assembleRagChatContext: {
    run: assembleRagChatContext,
    withoutCounterpart: ({ memory, env, kb }) => {
      if (memory?.live || env) return "activity has one source, the session's own log";
      if (kb === "throws") return "a knowledge base that fails is the job's business: lambdas/app/perform-job.ts";
      return undefined;
    },
    // Who is asked for what, and in which order, is the job's; the reference's names of its sources are its own.
    contract: ({ userBlock, assembly }) => {
      const { recentActivity, kbRecordsText, conversationHistoryText, activitySinceLastChatMessage } = assembly;
      return {
        userBlock,
        assembly: { recentActivity, kbRecordsText, conversationHistoryText, activitySinceLastChatMessage },
      };
    },
  },
};
