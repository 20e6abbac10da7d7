import type { SlimAction } from "../activity/slim-action.ts";

/** Whether a trigger's hit is acted upon at once, or only when the judge finds the moment right (wire names). */
export type TriggeringType = "instant_trigger" | "llm_judge_validation";

/** How long an offer waits for its user, and how long the agent then keeps quiet. */
export type Timings = { readonly interactionTimeoutMs: number; readonly cooldownMs: number };

/** What a trigger sees of one session: recent actions in the order of their log, of this product and session alone. */
export type TriggerContext = {
  readonly productId: string;
  readonly sessionId: string;
  readonly conversationId: string;
  /** Milliseconds. */
  readonly now: number;
  readonly recentActions: readonly SlimAction[];
  /** One for each recent action; null where an action names none. */
  readonly canonicalUrls: readonly (string | null)[];
  /** When the last of the recent actions was accepted, ms; null without any. Silence counts from here. */
  readonly lastActionAt: number | null;
  /** Actions of the whole session, as far as they are counted; not derived from the recent ones. */
  readonly actionCount: number;
  readonly latestSummaryText: string;
  readonly priorSessionSummaries: readonly string[];
  /** What else a trigger may need, by wire name: section playbooks, the current section, properties of the user. */
  readonly extra: Readonly<Record<string, unknown>>;
};

/** A trigger that fired: what would be offered. */
export type TriggerHit = {
  readonly triggerId: string;
  readonly body: string;
  readonly replyOptionLabels: readonly string[];
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly timings: Timings;
};

/** A name, timings and a pure function of the context. */
export type Trigger = {
  readonly id: string;
  readonly timings: Timings;
  readonly triggeringType: TriggeringType;
  evaluate(context: TriggerContext): TriggerHit | null;
  /**
   * The first moment from the context's `now` on at which this trigger fires although no action comes, whole ms; Infinity
   * where only an action can make it fire.
   */
  silentAt(context: TriggerContext): number;
};
