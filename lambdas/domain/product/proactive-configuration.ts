import { type Chip, chipsOf, configuredChips, withRegisteredTours } from "../proactive/chips.ts";
import { criteriaSchema } from "../proactive/criteria/criteria.ts";
import type { ProactiveEntry } from "../proactive/entry.ts";
import { tourOfferBody } from "../proactive/tour-offer.ts";
import type { Tour } from "../proactive/tour-registry.ts";
import type { Timings } from "../proactive/trigger.ts";
import type { IntegrationConfig } from "./integration-config.ts";
import type { ProactiveSettings } from "./proactive-settings.ts";
import type { TriggerRow } from "./trigger-row.ts";

/** All that offers and tours are made by; durations in milliseconds. */
export type ProactiveConfiguration = {
  readonly enabled: boolean;
  /** In the order of their priority; none in the older form. */
  readonly entries: readonly ProactiveEntry[];
  /** The chips of the older form, which has no criteria: whichever trigger fires offers the first of them. */
  readonly olderChips: readonly Chip[];
  /** Every chip of every entry, or of the older form: what a user may answer with. */
  readonly chips: readonly Chip[];
  /** In wire names, in the order of their priority: what the catalogue builds triggers of. */
  readonly triggers: readonly TriggerRow[];
  readonly sectionRules: ProactiveSettings["section_rules"];
  readonly sectionPlaybook: ProactiveSettings["section_playbook"];
  /** What holds where a trigger or a tour has no timings of its own. */
  readonly timings: Timings;
  readonly minIntervalMs: number;
  /** Null: no limit. */
  readonly limits: {
    readonly productPerMinute: number | null;
    readonly sessionPerHour: number | null;
    readonly userPerDay: number | null;
  };
  readonly judgeFallback: "send" | "skip";
  readonly idleTeardown: "created_only" | "always" | "never";
  readonly quickReplyVersion: string;
  readonly tours: readonly Tour[];
  readonly tourOfferBody: string;
  readonly defaultTourId: string | null;
};

export function toProactive(document: {
  readonly proactive: ProactiveSettings;
  readonly integration_config: IntegrationConfig;
}): ProactiveConfiguration {
  const { proactive, integration_config: integration } = document;
  const { limits } = proactive;
  const tours = toTours(integration);
  const chips = withRegisteredTours(configuredChips(integration.proactive_intercom), tours);
  return {
    enabled: proactive.enabled,
    entries: toEntries(integration),
    olderChips: Array.isArray(integration.proactive_intercom) ? [] : chips,
    chips,
    triggers: proactive.triggers,
    sectionRules: proactive.section_rules,
    sectionPlaybook: proactive.section_playbook,
    timings: {
      interactionTimeoutMs: proactive.interaction_timeout_s * 1_000,
      cooldownMs: proactive.cooldown_period_s * 1_000,
    },
    minIntervalMs: proactive.min_interval_s * 1_000,
    limits: {
      productPerMinute: limits.product_per_minute ?? null,
      sessionPerHour: limits.session_per_hour ?? null,
      userPerDay: limits.user_per_day ?? null,
    },
    judgeFallback: proactive.judge.fallback,
    idleTeardown: proactive.idle_teardown,
    quickReplyVersion: proactive.quick_reply_version,
    tours,
    tourOfferBody: tourOfferBody(integration.tour_offer_body),
    defaultTourId: proactive.default_tour_id ?? null,
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
