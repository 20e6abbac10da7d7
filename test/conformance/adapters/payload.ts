import { mergeActionsPayloads, parseActionsPayload } from "../../../lambdas/domain/activity/actions-payload.ts";
import { actionsPayloadText, actionText, summaryPayloadText } from "../../../lambdas/domain/activity/activity-text.ts";
import { parseSlimAction } from "../../../lambdas/domain/activity/parse-action.ts";
import { parseSummaryPayload } from "../../../lambdas/domain/activity/summary-payload.ts";
import type { Adapters } from "../adapter.ts";

export const payloadAdapters: Adapters = {
  slimActionFromDict: { run: ({ data }) => parseSlimAction(data) },
  slimActionToText: { run: ({ data }) => actionText(parseSlimAction(data)) },
  actionsPayloadFromDict: { run: ({ data }) => parseActionsPayload(data) },
  actionsPayloadToText: { run: ({ data }) => actionsPayloadText(parseActionsPayload(data)) },
  actionsPayloadMerge: { run: ({ payloads }) => mergeActionsPayloads(payloads.map(parseActionsPayload)) },
  summaryPayloadFromDict: { run: ({ data }) => parseSummaryPayload(data) },
  summaryPayloadToText: { run: ({ data }) => summaryPayloadText(parseSummaryPayload(data)) },
};
