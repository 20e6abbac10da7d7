import { quickReplyBody } from "../../../lambdas/adapters/intercom/offer.ts";
import { operations } from "../../../lambdas/adapters/intercom/operations.ts";
import { requestHeaders } from "../../../lambdas/adapters/intercom/request.ts";
import { replyOptions } from "../../../lambdas/domain/proactive/reply-options.ts";
import { tourTrigger } from "../../../lambdas/domain/session/page-event.ts";
import type { Adapters, Input } from "../adapter.ts";

/** Labels as chips that are called by their labels. */
function optionsOf(labels: readonly unknown[]) {
  return replyOptions(
    "acme",
    labels.map(String).map((label) => ({ id: label, label })),
  );
}

/**
 * Everything but the options' uuids, in which every case differs: a UUID of product and chip where the reference has a
 * slug of the label (docs/architecture.md, "Deliberately different"). test/domain/proactive/reply-options.test.ts has
 * them.
 */
function withoutUuids({ reply_options, ...payload }: Input) {
  return { ...payload, reply_options: reply_options.map(({ text }: Input) => ({ text })) };
}

export const intercomRestAdapters: Adapters = {
  buildIntercomQuickReplyReplyPayload: {
    run: ({ adminId, body, promptLabels }) => quickReplyBody(adminId, { body, options: optionsOf(promptLabels) }),
    contract: withoutUuids,
  },
  usertourTriggerSseMinimalDict: {
    run: ({ productId, flowId, sessionId }) => tourTrigger({ productId, sessionId }, flowId),
  },
  normalizeIntercomQuickReplyLabels: { run: ({ prompts }) => optionsOf(prompts).map(({ text }) => text) },
  intercomDeleteConversationHeaders: {
    run: ({ accessToken }) => requestHeaders(accessToken, operations.deleteConversation.version),
  },
};
