import type { ConversationOf, Scenario } from "../scenario.ts";

/** The sessions whose batches name the user of a conversation. */
export function sessionsOfUser(
  { happenings }: Scenario,
  { productId, conversationId, contact }: ConversationOf,
): readonly string[] {
  const named = happenings.flatMap((happening) =>
    happening.type === "body" && happening.productId === productId
      ? happening.batches.filter(({ userId }) => userId === contact.externalId).map(({ sessionId }) => sessionId)
      : [],
  );
  return named.length > 0 ? [...new Set(named)] : [conversationId.replace("c", "s")];
}
