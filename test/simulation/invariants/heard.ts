import type { AnnouncedEvent } from "../../../lambdas/domain/actor/domain-event.ts";
import { remember, remembers } from "../../../lambdas/domain/actor/recent-ids.ts";
import type { SessionState } from "../../../lambdas/domain/session/state.ts";
import { type Change, sessionKey, type Tap } from "../history.ts";
import type { Cloud } from "../world/cloud.ts";
import type { OfferSent } from "../world/offer-log.ts";
import type { Invariant } from "./invariant.ts";

/** What a user answers is acted upon: an answer is asked for, or a tour begun, once, in the session that offered it. */
export const heard: Invariant = {
  name: "a tap is heard",
  watch: (cloud) => ({
    end: () =>
      cloud.history.taps
        .filter(({ write }) => cloud.history.webhooks.has(write))
        .flatMap((tap) => unheard(cloud, tap).map((what) => `"${tap.write.text}" ${tap.notificationId}: ${what}`)),
  }),
};

function unheard(cloud: Cloud, tap: Tap): readonly string[] {
  const { history, offers, products } = cloud;
  const { productId, conversationId } = tap.write;
  const id = `${tap.notificationId}>wrote`;
  const sent = offers.sent.find(
    (one) => one.productId === productId && one.stood.some(({ partId }) => partId === tap.partId),
  );
  const own = history.changes.filter(({ session }) => session === sent?.session);
  // What is forgotten or put aside is accounted for elsewhere.
  const isForgotten = own.filter(({ before }) => !before).length > 1 || history.lettered.size > 0;
  const retentionMs = products.get(productId)?.configuration.retentionMs ?? 0;
  if (!sent || isForgotten || retentionMs < 86_400_000) return [];
  const told = own.find((change) => isNew(change, id));
  if (!told) return [`${sent.session} was not told`];
  const { before, after } = told;
  if (after.link?.conversationId !== conversationId || !after.manners) return [];
  const events = history.announced.filter((event) => event.productId === productId && event.id.startsWith(`${id}>`));
  const ownEvents = events.filter(({ sessionId }) => sent.session === sessionKey(productId, sessionId));
  // Where a turn heard more than this tap, it depends on what came first.
  const isAlone = before && after.recentIds === remember(before.recentIds, id);
  const wanted = isAlone && isKnown(before, sent, tap) ? typeOf(sent, tap) : undefined;
  if (wanted && !ownEvents.some(({ type }) => type === wanted)) return [`${sent.session} announced no ${wanted}`];
  // What is nobody's chip any more is the latest session's to act upon, if it has the same conversation.
  const tabs = history.changes.filter(
    (change) => change.session.startsWith(sessionKey(productId, "")) && isNew(change, id),
  );
  const isHeard = tabs.every((tab) => tab.after.link?.conversationId === conversationId && tab.after.manners);
  if (events.length === 0 && isHeard && !isNo(sent, tap)) return ["nobody acted upon it"];
  return new Set(ownEvents.map((event) => event.id)).size > 1 ? [`${sent.session} acted upon it in two ways`] : [];
}

const isNew = ({ before, after }: Change, id: string): boolean =>
  remembers(after.recentIds, id) && !(before && remembers(before.recentIds, id));

const isNo = ({ attempt }: OfferSent, { write }: Tap): boolean =>
  attempt.kind === "tour" && write.text === attempt.chips[1]?.label;

/** Whether the session knew that this offer stood there, and waited for an answer. */
function isKnown({ manners }: SessionState, { attempt }: OfferSent, { write }: Tap): boolean {
  const { shown, offer } = manners ?? {};
  if (!shown || offer || shown.kind !== attempt.kind || shown.conversationId !== write.conversationId) return false;
  // A typed yes is none to a tour whose offer is over.
  return shown.ignoredAt === null || write.optionUuid !== undefined;
}

function typeOf(sent: OfferSent, tap: Tap): AnnouncedEvent["type"] | undefined {
  if (sent.attempt.kind === "help") return "answer.requested";
  return isNo(sent, tap) ? undefined : "tour.launched";
}
