import { sessionKey } from "../history.ts";
import type { ConversationOf, Scenario } from "../scenario.ts";
import { batchesOf, isSent } from "../sessions.ts";
import type { Cloud } from "../world/cloud.ts";
import type { Invariant } from "./invariant.ts";
import { newNotes } from "./noted.ts";

/**
 * A session's notes stand in conversations of its user. A conversation that somebody only named may have them as well,
 * while nobody had said whose session it is: it is taken on trust (docs/adr/0016).
 */
export const ownConversation: Invariant = {
  name: "notes stand in their own session's conversation",
  watch: (cloud) => {
    const fresh = newNotes(cloud);
    return {
      during: () =>
        fresh()
          .filter((note) => !isOwn(cloud, note) && !isTrusted(cloud, note))
          .map(
            ({ productId, sessionId, conversationId }) => `${productId}/${sessionId} has a note in ${conversationId}`,
          ),
    };
  },
};

type Place = { readonly productId: string; readonly sessionId: string; readonly conversationId: string };

function isOwn({ scenario }: Cloud, { productId, sessionId, conversationId }: Place): boolean {
  const { users, emails } = namesOf(scenario, productId, sessionId);
  return scenario.conversations.some(
    (one) =>
      one.productId === productId &&
      one.conversationId === conversationId &&
      (users.has(one.contact.externalId) || (one.author === "user" && emails.has(one.contact.email))),
  );
}

function isTrusted({ history, scenario }: Cloud, { productId, sessionId, conversationId }: Place): boolean {
  const session = sessionKey(productId, sessionId);
  const began = history.changes.filter((change) => change.session === session && change.before === undefined).length;
  return history.namings.some(
    (naming) =>
      naming.session === session &&
      naming.conversationId === conversationId &&
      // A session that was forgotten, or whose first message was put aside, knows its user no more.
      (!naming.userKnown || began > 1 || history.lettered.size > 0) &&
      scenario.conversations.some((one) => one.productId === productId && one.conversationId === conversationId),
  );
}

/** By what a session's batches and its page, where it is believed, name its user. */
export function namesOf(
  scenario: Scenario,
  productId: string,
  sessionId: string,
): {
  readonly users: ReadonlySet<string | undefined>;
  readonly emails: ReadonlySet<ConversationOf["contact"]["email"]>;
} {
  const users = new Set<string>();
  const emails = new Set<string>();
  for (const happening of scenario.happenings) {
    if (!("productId" in happening) || happening.productId !== productId) continue;
    if (happening.type === "claim" && happening.sessionId === sessionId && happening.userId)
      users.add(happening.userId);
    if (!isSent(happening)) continue;
    for (const batch of batchesOf(happening)) {
      if (batch.sessionId !== sessionId) continue;
      if (batch.userId) users.add(batch.userId);
      if (batch.email) emails.add(batch.email.trim().toLowerCase());
    }
  }
  return { users, emails };
}
