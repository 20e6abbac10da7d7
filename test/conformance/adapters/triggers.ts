import { parseActionsPayload } from "../../../lambdas/domain/activity/actions-payload.ts";
import { parseSlimAction } from "../../../lambdas/domain/activity/parse-action.ts";
import { buildContext, type ContextParts, contextOf } from "../../../lambdas/domain/proactive/context.ts";
import { withinUrlPart } from "../../../lambdas/domain/proactive/ping-pong.ts";
import { readNumber } from "../../../lambdas/domain/proactive/read-number.ts";
import { isNamed, sessionScope } from "../../../lambdas/domain/proactive/scope.ts";
import { isoSeconds, sectionActivity, sectionOf } from "../../../lambdas/domain/proactive/section-activity.ts";
import { busiestSection, sectionForPlaybook, totalDwellS } from "../../../lambdas/domain/proactive/section-choice.ts";
import type { TriggerContext } from "../../../lambdas/domain/proactive/trigger.ts";
import { isPingPong, touchesUrlPart } from "../../../lambdas/domain/proactive/url-cycles.ts";
import type { Adapters, Input } from "../adapter.ts";

/** The wire's texts; the vectors also have numbers there. */
const urlsOf = (urls: readonly unknown[]) => urls.map((url) => (url === null ? null : String(url)));

function partsOf(input: Input): Omit<ContextParts, "rows"> {
  const scope = {
    productId: input.productId ?? "",
    sessionId: input.sessionId ?? "",
    conversationId: input.conversationId ?? "",
  };
  return {
    scope: input.scopePolicy === "lenient" ? scope : sessionScope(scope, input),
    now: (input.nowArg ?? input.now ?? 0) * 1_000,
    actionCount: input.actionCount,
    latestSummaryText: input.latestSummaryText,
    priorSessionSummaries: input.priorSessionSummaries,
    extra: input.contextExtra,
  };
}

/** `null` is the reference's word for no limit, a missing one for the default. */
const limit = (given: number | null | undefined, fallback: number) =>
  given === undefined ? fallback : (given ?? Infinity);

const contextShown = (context: TriggerContext) => ({
  productId: context.productId,
  sessionId: context.sessionId,
  conversationId: context.conversationId,
  canonicalUrls: context.canonicalUrls,
  actionCount: context.actionCount,
  recentActions: context.recentActions.map(({ index, title, canonical_url }) => ({ index, title, canonical_url })),
  latestSummaryText: context.latestSummaryText,
  priorSessionSummaries: context.priorSessionSummaries,
  contextExtra: context.extra,
});

export const triggerContextAdapters: Adapters = {
  canonicalUrlPingPong: { run: ({ urls, minCycles }) => isPingPong(urlsOf(urls), minCycles) },
  canonicalUrlPingPongProjectsEitherLeg: {
    run: ({ urls, minCycles, projectsSubstring = "projects" }) =>
      isPingPong(urlsOf(urls), minCycles, projectsSubstring),
  },
  canonicalUrlsTouchSubstring: {
    run: ({ canonicalUrls, substring }) => touchesUrlPart(urlsOf(canonicalUrls), substring),
  },
  filterPingPongHitsByCanonicalUrlContains: {
    run: ({ canonicalUrls, hits, substring }) =>
      withinUrlPart<Input>(hits, urlsOf(canonicalUrls), substring).map(({ triggerId, body }) => `${triggerId}|${body}`),
  },
  buildProactiveContextFromPayloads: {
    run: ({ payloads, lookbackSeconds, maxActions, ...input }) =>
      contextShown(
        buildContext(
          {
            ...partsOf(input),
            rows: payloads
              .map(parseActionsPayload)
              .map(({ actions, forwarded_at }: Input) => ({ actions, acceptedAt: forwarded_at * 1_000 })),
          },
          { lookbackMs: limit(lookbackSeconds, 120) * 1_000, mostActions: limit(maxActions, 50) },
        ),
      ),
  },
  buildProactiveContextFromSlimActions: {
    run: ({ actions, ...input }) =>
      contextShown(contextOf(partsOf(input), { recentActions: actions.map(parseSlimAction), lastActionAt: null })),
  },
  validateProactiveScope: {
    run: ({ policy, requireConversation, productId = "", sessionId = "", conversationId = "" }) => {
      if (policy !== "lenient") sessionScope({ productId, sessionId, conversationId }, { requireConversation });
      return null;
    },
  },
  scopePresenceFlags: {
    run: ({ productId, sessionId, conversationId }) => ({
      productIdSet: isNamed(productId ?? ""),
      sessionIdSet: isNamed(sessionId ?? ""),
      conversationIdSet: isNamed(conversationId ?? ""),
    }),
  },
  proactiveScopeHasChatSurface: { run: ({ conversationId }) => isNamed(conversationId ?? "") },
  resolveSectionId: { run: ({ canonicalUrl, rules }) => sectionOf(canonicalUrl, rules) },
  buildProductSectionPlaybook: {
    run: ({ actions, rules, fallbackId }) => sectionActivity(actions.map(parseSlimAction), rules, fallbackId),
  },
  topPlaybookSectionId: {
    run: ({ productSectionPlaybook, sectionPlaybook }) => busiestSection(productSectionPlaybook, sectionPlaybook),
  },
  resolveSectionIdForPlaybook: { run: ({ contextExtra }) => sectionForPlaybook(contextExtra) },
  totalDwellSeconds: { run: ({ section }) => totalDwellS(section) },
  iso8601UtcZ: { run: ({ ts }) => isoSeconds(readNumber(ts) ?? Number.NaN) },
};
