import { type Chance, createChance } from "../chance.ts";
import type { Deployment, ProductOf, Scenario } from "../scenario.ts";
import { generateFaults, type Trouble } from "./faults.ts";
import { generateHappenings } from "./happenings.ts";
import { withLanguage } from "./language.ts";
import { withOffers } from "./offers.ts";
import { withOutside } from "./outside.ts";
import { generatePeople } from "./people.ts";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** The scenario of a seed. The same seed is always the same scenario. */
export function generateScenario(seed: number): Scenario {
  const chance = createChance(seed, "scenario");
  const trouble = chance.pick<Trouble>([
    "none",
    "aws",
    "platform",
    "processes",
    "queue",
    "pairs",
    "pairs",
    "pairs",
    "all",
    "all",
    "outage",
  ]);
  const lengthMs =
    trouble === "outage"
      ? chance.pick([8 * MINUTE, 20 * MINUTE, 90 * MINUTE, 90 * MINUTE])
      : chance.pick([20 * SECOND, 2 * MINUTE, 8 * MINUTE, 20 * MINUTE]);
  const products = ["acme", "beta"]
    .slice(0, chance.between(1, 2))
    .map((productId) => generateProduct(chance, productId));
  const deployment = generateDeployment(chance, trouble);
  const people = products.map(({ productId }) => generatePeople(chance, productId));
  const happenings = generateHappenings(chance, people, lengthMs, trouble);
  const faultsEndMs = lengthMs + chance.between(0, 5 * MINUTE);
  const offering = withOffers(createChance(seed, "offers"), {
    luck: seed,
    deployment,
    products,
    conversations: people.flatMap(({ conversations }) => conversations),
    happenings,
    faults: generateFaults(
      chance,
      trouble,
      lengthMs,
      happenings.map(({ atMs }) => atMs),
    ),
    faultsEndMs,
  });
  return withOutside(createChance(seed, "outside"), withLanguage(createChance(seed, "language"), offering));
}

function generateProduct(chance: Chance, productId: string): ProductOf {
  const outlasts = chance.maybe(0.15);
  return {
    productId,
    document: {
      link: { policy: chance.maybe(0.25) ? "latest" : "first" },
      timing: { lane: chance.maybe(0.3) ? "scheduler" : "precise" },
      identity_verification: chance.maybe(0.5),
      pre_link_window_s: chance.pick([120, 120, 30, 3_600]),
      post_link_debounce_s: chance.pick([0.15, 0.15, 2, 20]),
      post_link_max_wait_s: chance.pick([5, 5, 1, 60]),
      bin_seconds: chance.pick([3, 0]),
      retention_s: chance.maybe(0.2) ? 3_600 : 86_400,
      delivery: {
        call_timeout_s: chance.pick([10, 5, 2]),
        retry_initial_s: chance.pick([1, 0.2, 10, 60]),
        retry_max_s: chance.pick([300, 30, 900]),
        look_after_s: chance.pick([5, 15]),
        give_up_after_s: outlasts ? chance.pick([60, 600]) : 86_400,
        link_grace_s: 120,
      },
    },
  };
}

function generateDeployment(chance: Chance, trouble: Trouble): Deployment {
  const ttl = () => chance.pick(["never", "at-once"] as const);
  return {
    workers: chance.between(1, 5),
    maxReceiveCount: trouble !== "none" && chance.maybe(0.15) ? chance.between(2, 5) : 100,
    clockSkewMs: chance.pick([0, 0, 50, 1_000]),
    ttl: { items: ttl(), rows: ttl() },
    lagMs: chance.pick([0, 500, 2_500]),
    redriveAtEnd: chance.maybe(0.5),
  };
}
