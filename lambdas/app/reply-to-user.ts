import { answerRequest } from "../domain/language/answer-prompt.ts";
import { assembleChatContext } from "../domain/language/chat-context.ts";
import { messengerText } from "../domain/language/messenger-text.ts";
import { replyRequestSchema } from "../domain/language/user-request.ts";
import { admitUserRequest, type Refused, type UserRequest } from "./admit-user-request.ts";
import { type AskPorts, askModel } from "./ask-model.ts";
import type { KnowledgeBase } from "./language-ports.ts";
import { readKnowledge } from "./read-knowledge.ts";
import { type ReadUserContextPorts, userContext } from "./read-user-context.ts";
import { readUserSessions } from "./read-user-sessions.ts";

/** The gateway waits for 30 s, and the function ends a second before its 29. */
const ANSWER_WITHIN_MS = 26_000;

export type ReplyToUserPorts = ReadUserContextPorts & AskPorts & { readonly knowledge: KnowledgeBase };

export type ReplyAnswer =
  | Refused
  /** Nothing that the user did is known (any more). */
  | { readonly kind: "unknown" }
  /** Plain, bounded, with `**` around labels. */
  | { readonly kind: "reply"; readonly text: string }
  /** The language model gave nothing, for as long as anybody waits. */
  | { readonly kind: "speechless" };

/**
 * Answers a user's question by what they did of late, for another chatbot to pass on. It changes nothing, and is there
 * whether or not the product answers its users itself: whoever holds the key has asked.
 *
 * @throws what {@link admitUserRequest} and {@link readUserSessions} throw
 */
export async function replyToUser(ports: ReplyToUserPorts, request: UserRequest): Promise<ReplyAnswer> {
  const until = ports.clock.now() + ANSWER_WITHIN_MS;
  const admitted = await admitUserRequest(ports, replyRequestSchema, request);
  if (admitted.kind !== "admitted") return admitted;
  const { product, person, asked } = admitted;
  const sessions = await readUserSessions(ports, person);
  if (sessions.length === 0) return { kind: "unknown" };

  const knowledge = await readKnowledge(ports, product, asked.query);
  const context = assembleChatContext({
    questions: [asked.query],
    recentActivity: userContext(person, sessions),
    activitySinceLastMessage: null,
    turns: [],
    knowledge,
  });
  const actions = sessions
    .flatMap(({ activity }) => activity.actions)
    .toSorted((one, other) => one.timestamp_start - other.timestamp_start);
  const completion = await askModel(ports, product, answerRequest({ context, actions, knowledge }), { until });
  const text = "failed" in completion ? null : messengerText(completion.text);
  return text === null ? { kind: "speechless" } : { kind: "reply", text };
}
