import type { Chance } from "../chance.ts";
import type { ConversationOf, Deployment, Happening, ProductOf, Scenario } from "../scenario.ts";
import { generateConversation } from "./chat.ts";
import { withSafeRecord } from "./faults.ts";
import { generateLanguageFaults, type LanguageMoments } from "./language-faults.ts";
import { sessionsOfUser } from "./tabs.ts";
import { generateWork } from "./work.ts";

/** How often notes are summarised, and users answered; the others are what they are without. */
const SUMMARISED = 0.4;
const ANSWERED = 0.25;

/** How long users are given to begin. */
const BEGIN_WITHIN_MS = 60_000;
const FAULTS_LAST_MS = 180_000;

/** Has a scenario's products summarise what their users do, and answer them, with the faults that are dangerous to it. */
export function withLanguage(chance: Chance, scenario: Scenario): Scenario {
  const summarises = chance.maybe(SUMMARISED);
  const answers = chance.maybe(ANSWERED);
  if (!summarises && !answers) return { ...scenario, products: scenario.products.map(withoutSummaries) };
  const products = scenario.products.map((product) => withModel(chance, product, summarises, answers));
  const known = scenario.conversations.filter(({ contact }) => contact.externalId);
  const chosen = known.filter(() => chance.maybe(0.7)).slice(0, 2);
  const moments: LanguageMoments[] = [];
  const happenings = [...scenario.happenings];
  for (const conversation of chosen) {
    const sessions = sessionsOfUser(scenario, conversation);
    const beginsMs = chance.between(0, BEGIN_WITHIN_MS);
    const work = generateWork(chance, conversation, sessions, beginsMs, summarises);
    const chat = answers ? generateConversation(chance, conversation, work.activeMs) : [];
    happenings.push(...work.happenings, ...chat, ...resets(chance, conversation, work.activeMs));
    moments.push({
      workedMs: work.activeMs,
      askedMs: chat.flatMap(({ type, atMs }) => (type === "write" ? [atMs] : [])),
    });
  }
  happenings.sort((one, other) => one.atMs - other.atMs);
  const troubled = moments.length > 0 && chance.maybe(scenario.faults.length > 0 ? 0.85 : 0.4);
  const slowed = moments.length > 0 && !troubled && chance.maybe(0.7);
  const added = troubled || slowed ? generateLanguageFaults(chance, moments, slowed) : [];
  const lastMs = Math.max(0, ...moments.flatMap(({ workedMs, askedMs }) => [...workedMs, ...askedMs]));
  return {
    ...scenario,
    deployment: chance.maybe(0.3) ? uneven(scenario.deployment) : scenario.deployment,
    products,
    happenings,
    faults: added.length > 0 ? withSafeRecord([...scenario.faults, ...added]) : scenario.faults,
    faultsEndMs: Math.max(scenario.faultsEndMs, lastMs + FAULTS_LAST_MS),
  };
}

/** Several workers whose clocks differ. */
const uneven = (deployment: Deployment): Deployment => ({
  ...deployment,
  workers: Math.max(4, deployment.workers),
  clockSkewMs: 1_000,
});

const withoutSummaries = (product: ProductOf): ProductOf => ({
  ...product,
  document: { ...product.document, summary_threshold: 0 },
});

function withModel(chance: Chance, product: ProductOf, summarises: boolean, answers: boolean): ProductOf {
  const { document } = product;
  const { proactive, integration_config: offers } = document as { proactive?: object; integration_config?: object };
  const judged = chance.maybe(0.5);
  return {
    ...product,
    document: {
      ...document,
      summary_threshold: summarises ? chance.between(1, 8) : 0,
      ...(chance.maybe(0.2) ? { summary_prompt: "Say it in one line: {actions}" } : {}),
      language: { timeout_s: chance.pick([1, 5, 20, 25]) },
      answers: {
        enabled: answers,
        human_quiet_s: chance.pick([0, 10, 60, 120]),
        max_per_hour: chance.pick([1, 3, 20, 20]),
      },
      ...(offers && judged ? { proactive: { ...proactive, judge: { enabled: true, fallback: "send" } } } : {}),
    },
  };
}

function resets(
  chance: Chance,
  { productId, contact: { externalId: userId = "" } }: ConversationOf,
  activeMs: readonly number[],
): readonly Happening[] {
  if (!chance.maybe(0.25)) return [];
  return Array.from({ length: chance.between(1, 2) }, () => {
    const atMs = Math.max(0, chance.pick(activeMs) + chance.between(-500, 6_000));
    return { type: "reset", atMs, productId, userId };
  });
}
