import type { ActionsPayload } from "./actions-payload.ts";
import type { SlimAction } from "./slim-action.ts";
import type { SummaryPayload } from "./summary-payload.ts";

/** Activity as a language model reads it: the reference's texts, whose wording prompts rely on. */

/** `[index] type: description — canonical_url`, on one line unless the description has several. */
export function actionText(action: SlimAction): string {
  return `[${action.index}] ${action.type}: ${action.description} — ${action.canonical_url}`;
}

/** A headline (`1 actions` too: the reference knows no singular) and one {@link actionText} for each action. */
export function actionsPayloadText(payload: ActionsPayload): string {
  const headline = `Session ${payload.session_id ?? "unknown"} — ${payload.count} actions`;
  return [headline, ...payload.actions.map(actionText)].join("\n");
}

export function summaryPayloadText(payload: SummaryPayload): string {
  return payload.summary;
}
