import type { Change } from "../history.ts";
import type { Cloud } from "../world/cloud.ts";
import type { OfferSent } from "../world/offer-log.ts";
import { isDeleted } from "./gone.ts";
import type { Invariant } from "./invariant.ts";
import { modeOf } from "./manners.ts";
import { lostAlarms } from "./settled.ts";

/** So far apart in time, two equal offers are told apart. */
const ALIKE_MS = 300_000;

/** No help without an offer that stands, and no offer that stands without its session's knowing. */
export const offersKnown: Invariant = {
  name: "an offer and the state are one",
  watch: (cloud) => ({
    change: (change) => (isUnfounded(cloud, change) ? [`${change.session} assists, and no offer stands`] : []),
    end: () =>
      cloud.offers.sent
        .filter((sent) => sent.stood.length > 0 && !isKnown(cloud, sent))
        .map(({ session, attempt }) => `${session} does not know that its offer ${attempt.id} stands`),
  }),
};

/**
 * A tap on an older offer's chip is as good: the user takes the help. And two tabs of a user that offer the same in one
 * conversation cannot be told apart, nor can equal ones whose ids the session never learned (docs/adr/0019).
 */
function isUnfounded({ offers, history }: Cloud, { session, before, after }: Change): boolean {
  if (modeOf(before) === "proactive_assistance" || modeOf(after) !== "proactive_assistance") return false;
  if (after.manners?.agent.tapped) return false;
  const offer = before?.manners?.offer;
  if (!offer || offer.step === "waiting") return true;
  const { attempt, startedAt } = offer;
  return !offers.sent.some((sent) => {
    const [stood] = sent.stood;
    if (!stood || sent.attempt.conversationId !== attempt.conversationId) return false;
    if (sent.session === session && sent.attempt.id === attempt.id) return true;
    const isKnownById = history.changes.some(
      (change) => change.session === session && change.before?.manners?.partIds.includes(stood.partId),
    );
    return !isKnownById && stood.at > startedAt - ALIKE_MS;
  });
}

function isKnown(cloud: Cloud, { productId, session, attempt }: OfferSent): boolean {
  const { history, products } = cloud;
  const own = history.changes.filter((change) => change.session === session);
  const settled = own.find(
    ({ before, after }) =>
      before?.manners?.offer?.attempt.id === attempt.id && after.manners?.offer?.attempt.id !== attempt.id,
  );
  if (!settled) return [...lostAlarms(cloud)].some((group) => history.name(group) === session);
  const { before, after, at } = settled;
  // It was shown, or the user answered it before anybody knew, or the conversation is gone, and it with it.
  const isShown = after.manners?.shown && after.manners.shown.shownAt !== before?.manners?.shown?.shownAt;
  if (isShown || after.recentIds !== before?.recentIds || isDeleted(cloud, productId, attempt.conversationId))
    return true;
  const asked = before?.manners?.offer;
  const startedAt = asked && asked.step !== "waiting" ? asked.startedAt : at;
  return at - startedAt >= (products.get(productId)?.configuration.delivery.giveUpAfterMs ?? 0);
}
