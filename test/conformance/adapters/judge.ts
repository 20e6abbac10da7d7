import { type Judgement, judgedHit, parseJudgement, shouldDeliver } from "../../../lambdas/domain/language/judge.ts";
import { offerBody } from "../../../lambdas/domain/proactive/offer-body.ts";
import { defaultTimings } from "../../../lambdas/domain/proactive/timings.ts";
import type { TriggerHit } from "../../../lambdas/domain/proactive/trigger.ts";
import { partitionHits, withTriggeringType } from "../../../lambdas/domain/proactive/triggering-type.ts";
import type { Adapters, Input } from "../adapter.ts";

const judgementFrom = (judge: Input): Judgement => ({
  schemaVersion: judge.schemaVersion ?? "1.0",
  send: judge.send ?? false,
  validTiming: judge.proactiveValidTiming ?? false,
  message: judge.shortUserMessage ?? "",
  reasoning: judge.reasoning ?? "",
  intent: judge.proactiveIntent ?? "none",
});

const wireOf = ({ schemaVersion, send, validTiming, message, reasoning, intent }: Judgement) => ({
  schemaVersion,
  send,
  proactiveValidTiming: validTiming,
  shortUserMessage: message,
  reasoning,
  proactiveIntent: intent,
});

const hitFrom = ({ interactionTimeoutS, cooldownS, ...hit }: Input): TriggerHit => ({
  triggerId: hit.triggerId,
  body: hit.body,
  replyOptionLabels: hit.replyOptionLabels ?? [],
  metadata: hit.metadata ?? {},
  timings: {
    interactionTimeoutMs:
      interactionTimeoutS === undefined ? defaultTimings.interactionTimeoutMs : interactionTimeoutS * 1_000,
    cooldownMs: cooldownS === undefined ? defaultTimings.cooldownMs : cooldownS * 1_000,
  },
});

const wireHit = (hit: TriggerHit | null) => {
  if (!hit) return null;
  const { timings, ...rest } = hit;
  return { ...rest, interactionTimeoutS: timings.interactionTimeoutMs / 1_000, cooldownS: timings.cooldownMs / 1_000 };
};

const ids = (hits: readonly TriggerHit[]) => hits.map(({ triggerId }) => triggerId);

export const judgeAdapters: Adapters = {
  parseLlmJudgeJson: { run: ({ raw }) => wireOf(parseJudgement(raw)) },
  shouldDeliverAfterJudge: { run: ({ judge }) => shouldDeliver(judgementFrom(judge)) },
  judgeResultToProactiveTriggerResult: {
    run: ({ judge, candidates, primaryTriggerId }) =>
      // No id, and an empty one, leave it to the first candidate.
      wireHit(judgedHit(judgementFrom(judge), candidates.map(hitFrom), primaryTriggerId || undefined)),
  },
  judgeParseToDelivery: {
    run: ({ raw, candidates }) => {
      const judgement = parseJudgement(raw);
      return { deliver: shouldDeliver(judgement), result: wireHit(judgedHit(judgement, candidates.map(hitFrom))) };
    },
  },
  // Python takes 0 for a missing text.
  validateOrTruncateProactiveBody: { run: ({ text, maxChars }) => offerBody(text || "", maxChars) },
  partitionResultsByTriggeringType: {
    run: ({ results }) => {
      const { instant, judged } = partitionHits(results.map(hitFrom));
      return { instant: ids(instant), gated: ids(judged) };
    },
  },
  attachTriggeringType: {
    run: ({ result, triggeringType }) => wireHit(withTriggeringType(hitFrom(result), triggeringType)),
  },
};
