/**
 * Functions of the reference that Throughline has no counterpart of, and why. Their cases are neither passed nor failed.
 * A function that has an adapter must not stand here.
 */
export const outOfScope: ReadonlyMap<string, string> = new Map(
  Object.entries({
    buildConnectorLlmPromptLabelsRequestBody: "a request to the hosted connector; ours receives it",
    buildCreateUserConversationPayload: "no conversation is opened: an offer is made in one that its user opened",
    conversationIdFromCreateConversationResponse:
      "no conversation is opened: an offer is made in one that its user opened",
    buildIntercomDeleteConversationRequest:
      "the id is always encoded, and the numbers always kept: lambdas/adapters/intercom/operations.ts",
    intercomDeleteConversationUrl:
      "the id is always encoded, and the numbers always kept: lambdas/adapters/intercom/operations.ts",
    contactsSearchQueryEmail: "contacts are not searched: webhooks say who writes",
    contactsSearchQueryExternalId: "contacts are not searched: webhooks say who writes",
    firstContactIdFromSearchResponse: "contacts are not searched: webhooks say who writes",
    extractConversationEvent:
      "a frame for readers of other webhooks; ours reads Intercom's: lambdas/adapters/intercom/webhooks.ts",
    intercomChatbotWebhookUrl:
      "an address of the hosted connector; ours: lambdas/adapters/intercom/product-addresses.ts",
    intercomConnectorLlmPromptLabelsUrl:
      "an address of the hosted connector; ours: lambdas/adapters/intercom/product-addresses.ts",
    reactiveSnippetUrls: "an address of the hosted connector; ours: lambdas/adapters/intercom/product-addresses.ts",
    intercomProactivePolicyFragment:
      "a setting of the hosted connector; ours: lambdas/domain/product/proactive-settings.ts",
    intercomQuickReplyHttpHeaders:
      "every call has the same headers, Accept among them: lambdas/adapters/intercom/request.ts",
    intercomRestJsonHeaders:
      "versions are written down or checked, never trimmed: lambdas/adapters/intercom/operations.ts",
    actionsBucketId: "keys are ours: lambdas/domain/actor/keys.ts",
    effectiveInboundTimestamp:
      "a webhook says when its message was written, or is refused: lambdas/adapters/intercom/webhooks.ts",
    inboundWatermarkSequence: "the watermark is part of the session's item: lambdas/domain/session/answering.ts",
    formatRagSystemPrompt:
      "the words are ours, for all products, and have no places: lambdas/domain/language/answer-prompt.ts",
    previewsForReasoningFromAssembly: "no model reasons about what to read before it answers",
    pendingOfferToJson: "a pending offer is part of the session's item: lambdas/domain/session/manners.ts",
    resolvePendingRedisValue: "a pending offer is part of the session's item: lambdas/domain/session/manners.ts",
    usertourTriggerSseDict:
      "a page is told which tour to start, not for whom or why: its stream is its session's alone, lambdas/domain/session/page-event.ts",
    proactiveKeyNamespace: "keys are ours: lambdas/domain/actor/keys.ts",
    proactiveKeySpace: "keys are ours: lambdas/domain/actor/keys.ts",
    proactiveKeySuffixes: "keys are ours: lambdas/domain/actor/keys.ts",
  }),
);
