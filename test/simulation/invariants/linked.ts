import { sessionKey } from "../history.ts";
import { sessionsOf } from "../sessions.ts";
import type { Cloud } from "../world/cloud.ts";
import type { Invariant } from "./invariant.ts";
import { namesOf } from "./own-conversation.ts";

/** A session is linked when its user has written, whatever came first and whatever went wrong. */
export const linked: Invariant = {
  name: "a session finds its conversation",
  watch: (cloud) => ({
    end: () =>
      sessionsOf(cloud.scenario)
        .filter(({ productId, sessionId }) => mustBeLinked(cloud, productId, sessionId))
        .map(({ productId, sessionId }) => sessionKey(productId, sessionId))
        .filter((session) => !cloud.history.changes.findLast((change) => change.session === session)?.after.link)
        .map((session) => `${session} has no conversation, though its user wrote`),
  }),
};

/** Only where nothing else decides it: one session for this user, one name for them, and nothing that is forgotten. */
function mustBeLinked(
  { scenario, history, products, workspaces }: Cloud,
  productId: string,
  sessionId: string,
): boolean {
  const { users } = namesOf(scenario, productId, sessionId);
  const [user] = users;
  if (users.size !== 1 || history.lettered.size > 0) return false;
  const others = sessionsOf(scenario).filter((one) => one.productId === productId && one.sessionId !== sessionId);
  if (others.some((one) => namesOf(scenario, productId, one.sessionId).users.has(user))) return false;
  if (history.namings.some(({ session }) => session === sessionKey(productId, sessionId))) return false;
  if (scenario.happenings.some(({ type }) => type === "close")) return false;
  if (workspaces.of(productId).deletions.length > 0) return false;
  if ((products.get(productId)?.configuration.retentionMs ?? 0) < 86_400_000) return false;
  const seen = [...history.confirmed].some(
    (body) =>
      body.productId === productId &&
      body.batches.some((batch) => batch.sessionId === sessionId && batch.userId === user),
  );
  const wrote = [...history.webhooks].some(
    (write) =>
      write.productId === productId &&
      scenario.conversations.some(
        (one) =>
          one.productId === productId && one.conversationId === write.conversationId && one.contact.externalId === user,
      ),
  );
  return seen && wrote;
}
