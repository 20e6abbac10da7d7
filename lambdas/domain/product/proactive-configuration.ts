import type { JudgeFallback } from "../language/judge.ts";
import { triggerOf } from "../proactive/catalogue.ts";
import { type Chip, chipsOf, configuredChips, withRegisteredTours } from "../proactive/chips.ts";
import { criteriaSchema } from "../proactive/criteria/criteria.ts";
import { leavesOf } from "../proactive/criteria/evaluate.ts";
import type { CriteriaLeaf } from "../proactive/criteria/leaf.ts";
import type { ProactiveEntry } from "../proactive/entry.ts";
import { type Offering, offeringsOf } from "../proactive/offering.ts";
import type { RateLimits } from "../proactive/rate-limits.ts";
import { tourOfferBody } from "../proactive/tour-offer.ts";
import { type Tour, tourTimings } from "../proactive/tour-registry.ts";
import type { Timings } from "../proactive/trigger.ts";
import { triggerRowSchema } from "../proactive/trigger-row.ts";
import type { TourTimings } from "../session/agent-state.ts";
import type { IntegrationConfig } from "./integration-config.ts";
import type { ProactiveSettings } from "./proactive-settings.ts";

/** All that offers and tours are made by; durations in milliseconds. */
export type ProactiveConfiguration = {
  /** What may be offered, in the order of priority. Empty: nothing ever is, and no session is looked at. */
  readonly offerings: readonly Offering[];
  /** The properties of a user that criteria ask about: only these are kept. */
  readonly propertyKeys: readonly string[];
  /** In the order of their priority; none in the older form. */
  readonly entries: readonly ProactiveEntry[];
  readonly defaultTourId: string | null;
  /** Every chip that is configured, whatever calls for it. */
  readonly chips: readonly Chip[];
  readonly sectionRules: ProactiveSettings["section_rules"];
  readonly sectionPlaybook: ProactiveSettings["section_playbook"];
  /** What holds where a trigger or a tour has no timings of its own. */
  readonly timings: Timings;
  readonly minIntervalMs: number;
  /** Null: no limit. */
  readonly limits: RateLimits;
  readonly judgeEnabled: boolean;
  readonly judgeFallback: JudgeFallback;
  readonly idleTeardown: "created_only" | "always" | "never";
  readonly quickReplyVersion: string;
  readonly tours: readonly Tour[];
  readonly tourTimings: TourTimings;
  readonly tourOfferBody: string;
};

export function toProactive(document: {
  readonly proactive: ProactiveSettings;
  readonly integration_config: IntegrationConfig;
}): ProactiveConfiguration {
  const { proactive, integration_config: integration } = document;
  const { limits } = proactive;
  const timings = {
    interactionTimeoutMs: proactive.interaction_timeout_s * 1_000,
    cooldownMs: proactive.cooldown_period_s * 1_000,
  };
  const entries = toEntries(integration);
  const defaultTourId = proactive.default_tour_id ?? null;
  const tours = toTours(integration);
  const chips = withRegisteredTours(configuredChips(integration.proactive_intercom), tours);
  return {
    offerings: offeringsOf({
      enabled: proactive.enabled,
      entries,
      olderChips: Array.isArray(integration.proactive_intercom) ? [] : chips,
      registry: proactive.triggers.map((row) => triggerOf(triggerRowSchema.parse(row))),
      timings,
      defaultTourId,
    }),
    propertyKeys: entries.flatMap(({ criteria }) => leavesOf(criteria).flatMap(propertyKeyOf)),
    entries,
    defaultTourId,
    chips,
    sectionRules: proactive.section_rules,
    sectionPlaybook: proactive.section_playbook,
    timings,
    minIntervalMs: proactive.min_interval_s * 1_000,
    limits: {
      productPerMinute: limits.product_per_minute ?? null,
      sessionPerHour: limits.session_per_hour ?? null,
      userPerDay: limits.user_per_day ?? null,
    },
    judgeEnabled: proactive.judge.enabled,
    judgeFallback: proactive.judge.fallback,
    idleTeardown: proactive.idle_teardown,
    quickReplyVersion: proactive.quick_reply_version,
    tours,
    tourTimings: tourTimings(tours),
    tourOfferBody: tourOfferBody(integration.tour_offer_body),
  };
}

/** The entries in the order of their priority; the older form has none. */
export function toEntries(integration: IntegrationConfig): readonly ProactiveEntry[] {
  const { proactive_intercom: entries } = integration;
  if (!Array.isArray(entries)) return [];
  const tours = toTours(integration);
  return entries.map(({ id, name, proactive_criteria: criteria, messages }) => ({
    id,
    name,
    criteria: criteriaSchema.parse(criteria),
    chips: withRegisteredTours(chipsOf(messages), tours),
  }));
}

/** A tour without a timing of its own has the registry's; null says that the session's holds. */
export function toTours(integration: IntegrationConfig): readonly Tour[] {
  return (integration.tour_registry ?? []).map((tour) => {
    const { interaction_timeout_s: timeoutS = integration.default_interaction_timeout_s } = tour;
    const { cooldown_period_s: cooldownS = integration.default_cooldown_period_s } = tour;
    return {
      id: String(tour.id),
      tourId: tour.user_tour_id == null ? null : String(tour.user_tour_id),
      name: tour.user_tour_name ?? null,
      timings: {
        ...(timeoutS === null ? {} : { interactionTimeoutMs: timeoutS * 1_000 }),
        ...(cooldownS === null ? {} : { cooldownMs: cooldownS * 1_000 }),
      },
    };
  });
}

function propertyKeyOf(leaf: CriteriaLeaf): readonly string[] {
  return leaf.type === "user_property" ? [leaf.key] : [];
}
