import type { ActivityRow } from "../activity/activity-row.ts";
import type { UserProperties } from "../activity/user-properties.ts";
import { buildContext } from "./context.ts";
import type { SessionScope } from "./scope.ts";
import { type SectionRule, sectionActivity } from "./section-activity.ts";
import type { TriggerContext } from "./trigger.ts";

/** What a session remembers beside its log. */
type Remembered = {
  /** ms */
  readonly lastAcceptedAt: number;
  readonly actionCount: number;
  readonly userProperties: UserProperties | null;
};

/** Where a product's sections are, and what it says there. */
type Sections = {
  readonly sectionRules: readonly SectionRule[];
  readonly sectionPlaybook: Readonly<Record<string, unknown>>;
};

/**
 * What the triggers of a product see of a session as its last batch came: its recent actions, the sections in which they
 * were, and what batches told of the user.
 */
export function sessionContext(
  scope: SessionScope,
  rows: readonly ActivityRow[],
  { lastAcceptedAt, actionCount, userProperties }: Remembered,
  { sectionRules, sectionPlaybook }: Sections,
): TriggerContext {
  const context = buildContext({ scope, rows, now: lastAcceptedAt, actionCount });
  return {
    ...context,
    extra: {
      section_playbook: sectionPlaybook,
      product_section_playbook: sectionActivity(context.recentActions, sectionRules),
      ...(userProperties ? { user_properties: userProperties } : {}),
    },
  };
}
