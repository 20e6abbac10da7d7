import { parseSlimAction } from "../../../lambdas/domain/activity/parse-action.ts";
import {
  buildRegistry,
  builtinTriggers,
  defaultRegistry,
  readTriggerRows,
} from "../../../lambdas/domain/proactive/catalogue.ts";
import { configuredTrigger } from "../../../lambdas/domain/proactive/configured-trigger.ts";
import { contextOf } from "../../../lambdas/domain/proactive/context.ts";
import { evaluateAll, evaluateFirst } from "../../../lambdas/domain/proactive/evaluate.ts";
import { pageDwellTrigger } from "../../../lambdas/domain/proactive/page-dwell.ts";
import { pingPongTrigger } from "../../../lambdas/domain/proactive/ping-pong.ts";
import { predicateTrigger } from "../../../lambdas/domain/proactive/predicate.ts";
import { sectionPlaybookTrigger } from "../../../lambdas/domain/proactive/section-playbook.ts";
import { defaultTimings } from "../../../lambdas/domain/proactive/timings.ts";
import type { Timings, Trigger, TriggerContext, TriggerHit } from "../../../lambdas/domain/proactive/trigger.ts";
import type { Adapters, Input } from "../adapter.ts";

/** Milliseconds and back cost a last digit. */
const inSeconds = (ms: number) => Number((ms / 1_000).toPrecision(15));

const secondsOf = ({ interactionTimeoutMs, cooldownMs }: Timings) => ({
  interactionTimeoutS: inSeconds(interactionTimeoutMs),
  cooldownS: inSeconds(cooldownMs),
});

const hitShown = (hit: TriggerHit | null) =>
  hit && {
    triggerId: hit.triggerId,
    body: hit.body,
    replyOptionLabels: hit.replyOptionLabels,
    metadata: hit.metadata,
    ...secondsOf(hit.timings),
  };

/** The vectors say nothing of acceptance: a context is evaluated as its last action comes, as it is with us. */
function contextGiven(now: number, context: Input): TriggerContext {
  const nowMs = (context.contextExtra?.eval_now ?? now) * 1_000;
  const recentActions = (context.recentActions ?? []).map(parseSlimAction);
  const built = contextOf(
    {
      scope: {
        productId: context.productId ?? "",
        sessionId: context.sessionId ?? "",
        conversationId: context.conversationId ?? "",
      },
      now: nowMs,
      actionCount: context.actionCount,
      latestSummaryText: context.latestSummaryText,
      extra: context.contextExtra,
    },
    { recentActions, lastActionAt: recentActions.length > 0 ? nowMs : null },
  );
  return context.canonicalUrls ? { ...built, canonicalUrls: context.canonicalUrls } : built;
}

type When = Readonly<Record<string, Input>>;

/** The conditions that the vectors write as data, as the code that a user of predicates writes. */
const conditions: Readonly<Record<string, (expected: Input) => (context: TriggerContext) => boolean>> = {
  always: (expected) => () => expected,
  actionCountAtLeast:
    (least) =>
    ({ actionCount }) =>
      actionCount >= least,
  recentActionsAtLeast:
    (least) =>
    ({ recentActions }) =>
      recentActions.length >= least,
  anyUrlContains:
    (part) =>
    ({ canonicalUrls }) =>
      canonicalUrls.some((url) => url?.includes(part)),
  summaryContains:
    (part) =>
    ({ latestSummaryText }) =>
      latestSummaryText.includes(part),
  extraEquals:
    ([key, value]) =>
    ({ extra }) =>
      (extra[key] ?? null) === value,
  throws: (message) => () => {
    throw new Error(message);
  },
};

function conditionOf(when: When): (context: TriggerContext) => boolean {
  const [[name, expected] = []] = Object.entries(when);
  const condition = conditions[name ?? ""];
  if (!condition) throw new Error(`no condition is called ${name}`);
  return condition(expected);
}

const metadataFunctions: Readonly<Record<string, (context: TriggerContext) => TriggerHit["metadata"]>> = {
  urlCount: ({ canonicalUrls }) => ({ url_count: canonicalUrls.length }),
  extraKeys: ({ extra }) => ({ keys: Object.keys(extra).sort() }),
};

function plainTrigger(given: Input): Trigger {
  switch (given.kind) {
    case "canonicalPingPong":
      return pingPongTrigger({ minCycles: given.minCycles });
    case "scopedCanonicalPingPong":
      return pingPongTrigger({ minCycles: given.minCycles, urlMustContain: given.urlMustContain ?? "" });
    case "userPageDwell":
      return pageDwellTrigger({
        thresholdMs: given.defaultThresholdS === undefined ? undefined : given.defaultThresholdS * 1_000,
        maxActions: given.defaultMaxActions,
      });
    case "sectionPlaybook":
      return sectionPlaybookTrigger();
    case "predicate":
      return predicateTrigger({
        id: given.triggerId,
        body: given.body,
        when: conditionOf(given.when),
        replyOptionLabels: given.replyOptionLabels,
        metadata: given.metadataFn === undefined ? given.metadata : metadataFunctions[given.metadataFn],
      });
    default:
      throw new Error(`no trigger is called ${given.kind}`);
  }
}

function triggerGiven({ entity, ...given }: Input): Trigger {
  const trigger = plainTrigger(given);
  if (!entity) return trigger;
  const ms = (seconds: number | undefined, fallbackMs: number) =>
    seconds === undefined ? fallbackMs : seconds * 1_000;
  const timings = {
    interactionTimeoutMs: ms(entity.interactionTimeoutS, defaultTimings.interactionTimeoutMs),
    cooldownMs: ms(entity.cooldownS, defaultTimings.cooldownMs),
  };
  return configuredTrigger(trigger, { timings, triggeringType: entity.triggeringType });
}

/** What the vectors show of an evaluation that throws: the class of the fake that threw. */
function orError(evaluate: () => unknown): unknown {
  try {
    return evaluate();
  } catch {
    return { error: "RuntimeError" };
  }
}

const evaluated = (triggers: readonly Trigger[], context: TriggerContext) => ({
  triggerIds: triggers.map(({ id }) => id),
  first: orError(() => hitShown(evaluateFirst(triggers, context))),
  all: orError(() => evaluateAll(triggers, context).map(hitShown)),
});

function withoutProblems<
  Read extends { readonly problems: readonly { readonly path: string; readonly reason: string }[] },
>(read: Read): Read {
  const [problem] = read.problems;
  if (problem) throw new Error(`${problem.path}: ${problem.reason}`);
  return read;
}

const registryOf = (specs: readonly unknown[]) => withoutProblems(buildRegistry(specs)).triggers;

export const triggerEvaluationAdapters: Adapters = {
  evaluateTrigger: {
    run: ({ now, trigger: given, context }) => {
      const trigger = triggerGiven(given);
      return { triggerId: trigger.id, hit: hitShown(trigger.evaluate(contextGiven(now, context))) };
    },
  },
  evaluateRegistry: {
    run: ({ now, triggers, context }) => evaluated(triggers.map(triggerGiven), contextGiven(now, context)),
  },
  evaluateBuiltinRegistry: {
    run: ({ now, specs, context }) => evaluated(registryOf(specs), contextGiven(now, context)),
  },
  evaluateDefaultRegistry: { run: ({ now, context }) => evaluated(defaultRegistry, contextGiven(now, context)) },
  resolveBuiltinSpecs: {
    run: ({ specs }) =>
      withoutProblems(readTriggerRows(specs)).rows.map(({ timings, ...row }) => ({ ...row, ...secondsOf(timings) })),
  },
  registryFromBuiltinSpecs: {
    run: ({ specs }) => registryOf(specs).map(({ id, timings }) => ({ triggerId: id, ...secondsOf(timings) })),
  },
  listBuiltinTriggerCatalog: {
    run: () =>
      Object.values(builtinTriggers).map(({ id, timings, triggeringType }) => ({
        id,
        interaction_timeout_s: inSeconds(timings.interactionTimeoutMs),
        cooldown_s: inSeconds(timings.cooldownMs),
        default_triggering_type: triggeringType,
      })),
  },
};
