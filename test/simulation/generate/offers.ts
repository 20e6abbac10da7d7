import type { Chance } from "../chance.ts";
import type { ConversationOf, Happening, Scenario } from "../scenario.ts";
import { generateStory, type Story } from "./hesitation.ts";
import { generateOfferFaults } from "./offer-faults.ts";
import { generateOfferings } from "./offerings.ts";
import { sessionsOfUser } from "./tabs.ts";

/** Most scenarios offer nothing: what is proved without offers stays as it was. */
const OFTEN = 0.3;

/** How long users are given to begin. */
const BEGIN_WITHIN_MS = 120_000;
const FAULTS_LAST_MS = 120_000;

/** Has one of a scenario's products offer help to its users, with the faults that are dangerous to offers. */
export function withOffers(chance: Chance, scenario: Scenario): Scenario {
  if (!chance.maybe(OFTEN)) return scenario;
  const product = chance.pick(scenario.products);
  const { productId } = product;
  const offering = generateOfferings(chance);
  const { delivery } = product.document;
  const impatience = chance.maybe(0.2) ? { delivery: { ...(delivery as object), give_up_after_s: 60 } } : {};
  const conversations = scenario.conversations.map((one): ConversationOf => {
    const mayBeOurs = one.productId === productId && one.contact.externalId && offering.teardown !== "never";
    return mayBeOurs && chance.maybe(0.65) ? { ...one, unknownForMs: 0, openedByUs: true } : one;
  });
  const stories = conversations
    .filter((one) => one.productId === productId && one.contact.externalId)
    .map((one): Story => {
      const sessions = sessionsOfUser(scenario, one);
      return generateStory(chance, offering, one, sessions, chance.between(0, BEGIN_WITHIN_MS));
    });
  const ours = new Set(
    conversations.filter(({ openedByUs }) => openedByUs).map(({ conversationId }) => conversationId),
  );
  const silent = (happening: Happening): boolean =>
    happening.type === "write" && happening.productId === productId && ours.has(happening.conversationId);
  const happenings = [
    // Users do not write, mostly, where they did not begin.
    ...scenario.happenings.filter((happening) => !silent(happening) || chance.maybe(0.2)),
    ...stories.flatMap((story) => story.happenings),
  ].sort((one, other) => one.atMs - other.atMs);
  const moments = {
    offeredMs: stories.flatMap((story) => story.moments.offeredMs),
    endedMs: stories.flatMap((story) => story.moments.endedMs),
  };
  const troubled = stories.length > 0 && chance.maybe(scenario.faults.length > 0 ? 0.9 : 0.4);
  return {
    ...scenario,
    products: scenario.products.map((one) =>
      one === product ? { ...one, document: { ...one.document, ...offering.document, ...impatience } } : one,
    ),
    conversations,
    happenings,
    faults: [...scenario.faults, ...(troubled ? generateOfferFaults(chance, moments) : [])],
    faultsEndMs: Math.max(scenario.faultsEndMs, ...moments.endedMs.map((ms) => ms + FAULTS_LAST_MS)),
  };
}
