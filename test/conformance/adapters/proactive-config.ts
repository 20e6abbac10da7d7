import { configuredChips, tourOf } from "../../../lambdas/domain/proactive/chips.ts";
import { type Criteria, criteriaSchema } from "../../../lambdas/domain/proactive/criteria/criteria.ts";
import { entryOfCriteria } from "../../../lambdas/domain/proactive/entry.ts";
import { matchLabel } from "../../../lambdas/domain/proactive/match-answer.ts";
import { tourOfferBody, tourOfferChips } from "../../../lambdas/domain/proactive/tour-offer.ts";
import { type Tour, tourById, tourByTourId } from "../../../lambdas/domain/proactive/tour-registry.ts";
import type { ConfigurationDocument } from "../../../lambdas/domain/product/configuration.ts";
import type { IntegrationConfig } from "../../../lambdas/domain/product/integration-config.ts";
import { toEntries, toTours } from "../../../lambdas/domain/product/proactive-configuration.ts";
import { readDocument, readUsable } from "../../../lambdas/domain/product/read-document.ts";
import type { Adapters, Input } from "../adapter.ts";

type Entry = Extract<IntegrationConfig["proactive_intercom"], readonly unknown[]>[number];

const documentOf = (integrationConfig: unknown) => ({
  intercom: { admin_id: "1" },
  integration_config: integrationConfig,
});

/** A configuration as the functions use it: broken entries are left out. */
function usable(integrationConfig: unknown): ConfigurationDocument {
  const read = readUsable(documentOf(integrationConfig));
  if (!read.ok) throw new Error(`${read.problem.path} ${read.problem.reason}`);
  return read.document;
}

/** A configuration as an operator may write it: nothing is broken. */
function flawless(integrationConfig: unknown): ConfigurationDocument {
  const read = readDocument(documentOf(integrationConfig));
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return read.document;
}

function entriesOf({ integration_config: { proactive_intercom: entries } }: ConfigurationDocument): readonly Entry[] {
  return Array.isArray(entries) ? entries : [];
}

const toMessageDict = ({ id, label, user_tour_exists = false, user_tour_id }: Entry["messages"][number]) => ({
  id,
  label,
  user_tour_exists,
  user_tour_id: user_tour_id ?? undefined,
});

const toCriteriaDict = (criteria: Criteria): object => {
  const { id, name } = criteria;
  if (criteria.type !== "group") return { id, name, type: criteria.type };
  return { id, name, operator: criteria.operator, conditions: criteria.conditions.map(toCriteriaDict) };
};

const toEntryDict = ({ id, name, proactive_criteria, messages }: Entry) => ({
  id,
  name,
  proactive_criteria: toCriteriaDict(criteriaSchema.parse(proactive_criteria)),
  messages: messages.map(toMessageDict),
});

const sound = { id: "c", name: "c", type: "url_change" };

const chips = (integrationConfig: Input) => configuredChips(integrationConfig?.proactive_intercom);

const toRow = ({ id, label, offersTour, tourId }: ReturnType<typeof chips>[number]) => ({
  id,
  label,
  userTourExists: offersTour,
  userTourId: tourId,
});

const nullWhenEmpty = <Item>(items: readonly Item[]): readonly Item[] | null => (items.length > 0 ? items : null);

function matchRow(integrationConfig: Input, userMessage: Input) {
  const rows = chips(integrationConfig);
  const index = matchLabel(
    userMessage ?? "",
    rows.map(({ label }) => label),
  );
  return { index, row: index === null ? undefined : rows[index] };
}

const seconds = (ms: number | undefined) => (ms === undefined ? null : ms / 1_000);

const toTourDict = ({ id, tourId, name, timings }: Tour) => ({
  id,
  interaction_timeout_s: seconds(timings.interactionTimeoutMs),
  cooldown_period_s: seconds(timings.cooldownMs),
  user_tour_id: tourId ?? undefined,
  user_tour_name: name ?? undefined,
});

function toRegistryDict(productId: string, document: ConfigurationDocument) {
  const { default_interaction_timeout_s, default_cooldown_period_s } = document.integration_config;
  const tours = toTours(document.integration_config).map(toTourDict);
  return { product_id: productId, default_interaction_timeout_s, default_cooldown_period_s, tours };
}

export const proactiveConfigAdapters: Adapters = {
  triggerMessageFromDict: {
    run: ({ data }) => {
      const [entry] = entriesOf(
        flawless({ proactive_intercom: [{ id: "e", name: "e", proactive_criteria: sound, messages: [data] }] }),
      );
      return entry?.messages.map(toMessageDict)[0];
    },
  },
  criteriaFromDict: { run: ({ data }) => toCriteriaDict(criteriaSchema.parse(data)) },
  proactiveTriggerConfigFromDict: {
    run: ({ data }) => entriesOf(flawless({ proactive_intercom: [data] })).map(toEntryDict)[0],
  },
  parseProactiveTriggerConfigs: {
    run: ({ integrationConfig }) => entriesOf(usable(integrationConfig)).map(toEntryDict),
  },
  findTriggerConfigByCriteria: {
    run: ({ integrationConfig, criteriaId }) =>
      entryOfCriteria(toEntries(usable(integrationConfig).integration_config), criteriaId)?.id ?? null,
  },
  parseProactiveIntercomMessages: {
    run: ({ integrationConfig }) => nullWhenEmpty(chips(integrationConfig).map(toRow)),
  },
  quickReplyLabelsFromMessagesConfig: {
    run: ({ integrationConfig }) => nullWhenEmpty(chips(integrationConfig).map(({ label }) => label)),
  },
  effectiveTourFlowIdForRow: {
    run: ({ row, defaultFlowId }) =>
      tourOf({ offersTour: row.userTourExists, tourId: row.userTourId }, defaultFlowId ?? null),
  },
  tourOfferQuickReplyBody: { run: ({ integrationConfig }) => tourOfferBody(integrationConfig?.tour_offer_body) },
  resolveTourOfferForInbound: {
    run: ({ integrationConfig, userMessage, defaultFlowId }) => {
      const { row } = matchRow(integrationConfig, userMessage);
      return row ? tourOf(row, defaultFlowId ?? null) : null;
    },
  },
  matchMessageRowByInboundText: {
    run: ({ integrationConfig, userMessage }) => {
      const { index, row } = matchRow(integrationConfig, userMessage);
      return { index, row: row ? toRow(row) : null };
    },
  },
  matchQuickReplyLabel: { run: ({ userMessage, labels }) => matchLabel(userMessage ?? "", labels) },
  messagesMatchQuickReplyPair: {
    run: ({ userMessage, yesLabel, noLabel }) => {
      const [yes, no] = tourOfferChips;
      const at = matchLabel(userMessage ?? "", [yesLabel ?? yes.label, noLabel ?? no.label]);
      return at === null ? null : (["yes", "no"] as const)[at];
    },
  },
  parseTourRegistry: {
    run: ({ integrationConfig, productId, get = [], getByUserTourId = [] }) => {
      const document = usable(integrationConfig);
      if (!document.integration_config.tour_registry) return null;
      const tours = toTours(document.integration_config);
      return {
        registry: toRegistryDict(productId ?? "", document),
        get: Object.fromEntries(get.map((id: string) => [id, tourById(tours, id)?.id ?? null])),
        getByUserTourId: getByUserTourId.map((id: string) => [id, tourByTourId(tours, id)?.id ?? null]),
      };
    },
  },
  tourRegistryFromDict: {
    run: ({ data: { product_id, tours, ...defaults } }) =>
      toRegistryDict(product_id, flawless({ ...defaults, tour_registry: tours })),
  },
};
