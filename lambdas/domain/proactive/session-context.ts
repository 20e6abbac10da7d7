import type { ActivityRow } from "../activity/activity-row.ts";
import { buildContext } from "./context.ts";
import type { SessionScope } from "./scope.ts";
import { type SectionRule, sectionActivity } from "./section-activity.ts";
import type { TriggerContext } from "./trigger.ts";

/**
 * What the triggers of a product see of a session: its recent actions, the sections in which they were, and what the last
 * batch that said so told of the user.
 *
 * @param now ms
 */
export function sessionContext(
  scope: SessionScope,
  rows: readonly ActivityRow[],
  now: number,
  {
    sectionRules,
    sectionPlaybook,
  }: { readonly sectionRules: readonly SectionRule[]; readonly sectionPlaybook: Readonly<Record<string, unknown>> },
): TriggerContext {
  const context = buildContext({ scope, rows, now });
  const { userProperties } = rows.findLast((row) => row.userProperties !== undefined) ?? {};
  return {
    ...context,
    extra: {
      section_playbook: sectionPlaybook,
      product_section_playbook: sectionActivity(context.recentActions, sectionRules),
      ...(userProperties ? { user_properties: userProperties } : {}),
    },
  };
}
