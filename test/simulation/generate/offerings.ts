import type { Chance } from "../chance.ts";

/** What makes a product offer help, and how a user brings it about. */
export type Occasion = {
  readonly criteria: object;
  /** The pages of the actions that lead to it. */
  readonly pages: readonly string[];
  /** The silence that it takes. */
  readonly silenceMs: number;
  /** How long the user may be silent then, and how long nothing is offered after that. */
  readonly timings: { readonly timeoutMs: number; readonly cooldownMs: number };
};

export type OfferingProduct = {
  /** What the configuration document says beside what it said. */
  readonly document: Readonly<Record<string, unknown>>;
  readonly occasion: Occasion;
  readonly teardown: "created_only" | "always" | "never";
};

const TOUR = "tour-export";

/** Help that a product has to offer: when, what, how often, and what becomes of it when it is ignored. */
export function generateOfferings(chance: Chance): OfferingProduct {
  const timeoutS = chance.pick([1, 2, 5, 20]);
  const cooldownS = chance.pick([0, 1, 5, 30]);
  const occasion = generateOccasion(chance, { timeoutMs: timeoutS * 1_000, cooldownMs: cooldownS * 1_000 });
  const teardown = chance.pick(["created_only", "created_only", "created_only", "always", "never"] as const);
  const registered = { id: "t", user_tour_id: TOUR, ...(chance.maybe(0.5) ? { interaction_timeout_s: 2 } : {}) };
  return {
    occasion,
    teardown,
    document: {
      integration_config: {
        proactive_intercom: [
          {
            id: "undecided",
            name: "Undecided",
            proactive_criteria: occasion.criteria,
            messages: [
              { id: "export", label: "How do I export?", user_tour_exists: true, user_tour_id: TOUR },
              { id: "talk", label: "Something else" },
            ],
          },
        ],
        ...(chance.maybe(0.4) ? { tour_registry: [registered], default_cooldown_period_s: chance.pick([1, 30]) } : {}),
      },
      proactive: {
        interaction_timeout_s: timeoutS,
        cooldown_period_s: cooldownS,
        min_interval_s: chance.pick([0, 0, 5, 60, 300]),
        limits: chance.maybe(0.3)
          ? chance.pick([
              { product_per_minute: 1 },
              { session_per_hour: 1 },
              { user_per_day: 2 },
              { product_per_minute: 2, session_per_hour: 3, user_per_day: 3 },
            ])
          : {},
        judge: { fallback: chance.maybe(0.1) ? "skip" : "send" },
        idle_teardown: teardown,
      },
    },
  };
}

/** What a trigger of the catalogue fires has the catalogue's timings. */
const catalogued = { timeoutMs: 10_000, cooldownMs: 30_000 };

function generateOccasion(chance: Chance, timings: Occasion["timings"]): Occasion {
  const named = (criteria: object, id = "c") => ({ id, name: id, ...criteria });
  const idleS = chance.pick([2, 8, 25]);
  const visits = { type: "url_contains", value: "/pricing" };
  return chance.pick<() => Occasion>([
    () => ({
      criteria: named({ type: "canonical_url_ping_pong" }),
      pages: ["/plans", "/billing", "/plans"],
      silenceMs: 0,
      timings: catalogued,
    }),
    () => ({ criteria: named(visits), pages: ["/pricing"], silenceMs: 0, timings }),
    () => ({
      criteria: named({ type: "idle_for", seconds: idleS }),
      pages: ["/invoice"],
      silenceMs: idleS * 1_000,
      timings,
    }),
    () => ({
      criteria: named({ type: "user_page_dwell", threshold_s: idleS, max_actions: 50 }),
      pages: ["/invoice"],
      silenceMs: idleS * 1_000,
      timings: catalogued,
    }),
    () => ({
      criteria: named({
        operator: "AND",
        conditions: [named(visits, "c-1"), named({ type: "idle_for", seconds: idleS }, "c-2")],
      }),
      pages: ["/pricing"],
      silenceMs: idleS * 1_000,
      timings,
    }),
    () => ({
      criteria: named({
        operator: "OR",
        conditions: [named(visits, "c-1"), named({ type: "action_count", min: 40, within_s: 60 }, "c-2")],
      }),
      pages: ["/", "/pricing"],
      silenceMs: 0,
      timings,
    }),
  ])();
}
