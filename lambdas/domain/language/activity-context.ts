import { actionText } from "../activity/activity-text.ts";
import type { SlimAction } from "../activity/slim-action.ts";

/** What a user did, as a chatbot reads it: the reference's texts, whose wording its readers rely on. */

/** One {@link actionText} for each action, numbered from 1. */
export function numberedActions(actions: readonly SlimAction[]): string {
  return actions.map((action, at) => `${at + 1}. ${actionText(action)}`).join("\n");
}

/** What is known of one session. */
export type SummarisedActivity = {
  /** Null while there is none. */
  readonly summary: string | null;
  /** Oldest first. Those that the summary covers are not among them. */
  readonly actions: readonly SlimAction[];
};

/**
 * One session: its summary, and what came after it.
 *
 * @param list writes the actions, one or more
 * @returns an empty text when there is neither
 */
export function activityContext(
  { summary, actions }: SummarisedActivity,
  list: (actions: readonly SlimAction[]) => string = numberedActions,
): string {
  const parts = [
    ...(summary ? [`Summary: ${summary}`] : []),
    ...(actions.length > 0 ? [`Recent activity:\n${list(actions)}`] : []),
  ];
  return parts.join("\n\n");
}

/** A question together with the context that it is asked in; alone where there is none. */
export function enrichQuery(context: string, query: string): string {
  return context === "" ? query : `[Session context]\n${context}\n\n[Query]\n${query}`;
}

/** One session of a user, with its {@link activityContext}. */
export type SessionActivity = {
  readonly sessionId: string;
  readonly productId: string;
  readonly context: string;
};

/**
 * The sessions of a user, in the order given. One of which there is nothing to say is left out.
 *
 * @returns an empty text when nothing is known of any
 */
export function userActivity(sessions: readonly SessionActivity[]): string {
  return sessions
    .filter(({ context }) => context !== "")
    .map(({ sessionId, productId, context }) => `Session ${sessionId} (${productId}):\n${context}`)
    .join("\n\n");
}
