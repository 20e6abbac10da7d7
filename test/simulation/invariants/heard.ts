import type { AnnouncedEvent } from "../../../lambdas/domain/actor/domain-event.ts";
import { remember, remembers } from "../../../lambdas/domain/actor/recent-ids.ts";
import type { SessionState } from "../../../lambdas/domain/session/state.ts";
import type { Change, Tap } from "../history.ts";
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
  const events = history.announced.filter(
    (event) => event.id.startsWith(`${id}>`) && `${productId}/${event.sessionId}` === sent.session,
  );
  // Where a turn heard more than this tap, it depends on what came first.
  const isAlone = before && after.recentIds === remember(before.recentIds, id);
  const wanted = isAlone ? typeOf(before, sent, tap) : undefined;
  if (wanted && !events.some(({ type }) => type === wanted)) return [`${sent.session} announced no ${wanted}`];
  if (events.length === 0 && !isNo(sent, tap)) return [`${sent.session} announced nothing`];
  return new Set(events.map((event) => event.id)).size > 1 ? [`${sent.session} acted upon it in two ways`] : [];
}

const isNew = ({ before, after }: Change, id: string): boolean =>
  remembers(after.recentIds, id) && !(before && remembers(before.recentIds, id));

const isNo = ({ attempt }: OfferSent, { write }: Tap): boolean =>
  attempt.kind === "tour" && write.text === attempt.chips[1]?.label;

/** What a tap must lead to, by what the session knew to stand there. */
function typeOf({ manners }: SessionState, sent: OfferSent, tap: Tap): AnnouncedEvent["type"] | undefined {
  if (sent.attempt.kind === "help") return "answer.requested";
  const isKnown =
    manners?.shown?.kind === "tour" || (manners?.offer?.step !== "waiting" && manners?.offer?.attempt.kind === "tour");
  if (!isKnown) return "answer.requested";
  return isNo(sent, tap) ? undefined : "tour.launched";
}
