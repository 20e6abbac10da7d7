import type { Chance } from "../chance.ts";
import type { EventOf, Happening, ProductOf, Scenario, VisitOf } from "../scenario.ts";
import { isSent, type SessionName, sessionsOf } from "../sessions.ts";
import { withSafeRecord } from "./faults.ts";
import { generateOutsideFaults } from "./outside-faults.ts";

/** In so many scenarios somebody outside listens, or tells; the others are what they are without. */
const OFTEN = 0.35;

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Listeners come and go until so long, and are there once more when all is over. */
const LISTENED_MS = 12 * MINUTE;
const LAST_VISIT_MS = 130 * SECOND;

/** Has pages and operators listen, endpoints take pushes and tools tell what users do, with the faults that are dangerous to it. */
export function withOutside(chance: Chance, scenario: Scenario): Scenario {
  if (!chance.maybe(OFTEN)) return scenario;
  const sessions = sessionsOf(scenario);
  const products = scenario.products.map((product) => (chance.maybe(0.6) ? withEndpoint(product) : product));
  const told = chance.maybe(0.6) ? sessions.filter(() => chance.maybe(0.5)).slice(0, 2) : [];
  const sources = told.flatMap((session) => generateEvents(chance, scenario, session));
  const moments = [...scenario.happenings, ...sources].map(({ atMs }) => atMs);
  const troubled = moments.length > 0 && chance.maybe(scenario.faults.length > 0 ? 0.8 : 0.35);
  const faults = troubled
    ? withSafeRecord([...scenario.faults, ...generateOutsideFaults(chance, moments)])
    : scenario.faults;
  const faultsEndMs = Math.max(scenario.faultsEndMs, ...(troubled ? [Math.max(...moments) + 2 * MINUTE] : []));
  const visits = () => generateVisits(chance, faultsEndMs + 2 * MINUTE);
  const operators = products
    .filter(() => chance.maybe(0.7))
    .flatMap(({ productId }): readonly Happening[] => {
      const names = chance.pick([["crm"], ["crm"], ["crm", "warehouse"]]);
      return names.map((listener) => {
        const namesLast = chance.maybe(0.6);
        const atMs = chance.pick([0, 0, 2_000, 20_000]);
        const stays = { forMs: faultsEndMs + 4 * MINUTE - atMs, awayMs: 0, keeps: true };
        const isShort = faultsEndMs < LISTENED_MS;
        return {
          type: "operator",
          atMs,
          productId,
          listener,
          namesLast,
          visits: namesLast || !isShort ? visits() : [stays],
        };
      });
    });
  const offering = new Set(
    products.filter(({ document }) => "integration_config" in document).map(({ productId }) => productId),
  );
  const pages = sessions
    .filter(({ productId }) => chance.maybe(offering.has(productId) ? 0.9 : 0.3))
    .slice(0, 3)
    .flatMap(({ productId, sessionId }): readonly Happening[] =>
      Array.from({ length: chance.pick([1, 1, 2]) }, () => {
        return { type: "page", atMs: chance.between(0, 20_000), productId, sessionId, visits: visits() };
      }),
    );
  return {
    ...scenario,
    deployment: { ...scenario.deployment, streams: true },
    products,
    happenings: [...scenario.happenings, ...sources, ...operators, ...pages].sort(
      (one, other) => one.atMs - other.atMs,
    ),
    faults,
    faultsEndMs,
  };
}

const withEndpoint = (product: ProductOf): ProductOf => ({
  ...product,
  document: { ...product.document, push: { url: `https://hooks.example.com/${product.productId}` } },
});

/** Comes and goes for a while, at times for as long as what it missed is kept, and is there at the end. */
function generateVisits(chance: Chance, endMs: number): readonly VisitOf[] {
  const visits: VisitOf[] = [];
  let elapsedMs = 0;
  while (elapsedMs < Math.min(endMs, LISTENED_MS)) {
    const forMs = chance.pick([5, 45, 70, 130, 130]) * SECOND;
    const awayMs = chance.pick([1, 1, 12, 60, 300, 595]) * SECOND;
    visits.push({ forMs, awayMs, keeps: chance.maybe(0.85) });
    elapsedMs += forMs + awayMs;
  }
  const restMs = Math.max(0, endMs - elapsedMs);
  const last = visits.pop();
  const isFar = restMs > 0;
  return [
    ...visits,
    ...(last ? [isFar ? { ...last, awayMs: last.awayMs + restMs, keeps: false } : last] : []),
    { forMs: LAST_VISIT_MS, awayMs: 0, keeps: true },
  ];
}

/** A tool tells of a session, mostly at once, in no order, and again: after minutes or hours. */
function generateEvents(
  chance: Chance,
  scenario: Scenario,
  { productId, sessionId }: SessionName,
): readonly Happening[] {
  const named = scenario.happenings
    .filter(isSent)
    .flatMap((happening) =>
      happening.productId === productId && happening.type === "body"
        ? happening.batches.filter((batch) => batch.sessionId === sessionId)
        : [],
    );
  const userId = named.find((batch) => batch.userId)?.userId;
  const active = named.length > 0 ? scenario.happenings.filter(isSent).map(({ atMs }) => atMs) : [0];
  let seen = 0;
  return Array.from({ length: chance.between(1, 4) }, (): Happening => {
    const atMs = Math.max(0, chance.pick(active) + chance.between(-2_000, 20_000));
    const events = Array.from({ length: chance.pick([1, 1, 2, 5]) }, (): EventOf => {
      seen += 1;
      const offsetMs = -chance.pick([0, 200, 3_000, 60_000]) - chance.between(0, 900);
      return { name: `${sessionId} saw ${seen}`, uuid: `${productId}-${sessionId}-${seen}`, offsetMs };
    });
    const againMs = chance.maybe(0.5) ? [chance.pick([2 * SECOND, MINUTE, 301 * SECOND, 20 * MINUTE, 3 * HOUR])] : [];
    return { type: "source", atMs, productId, sessionId, ...(userId ? { userId } : {}), events, againMs };
  });
}
