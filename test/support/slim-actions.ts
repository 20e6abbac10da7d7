import type { SlimAction } from "../../lambdas/domain/activity/slim-action.ts";

/** Five seconds apart, on one page unless it says otherwise. */
export function slimActions(...given: readonly Partial<SlimAction>[]): readonly SlimAction[] {
  return given.map((action, index) => ({
    index,
    type: "click",
    title: "",
    description: "",
    timestamp_start: 1_790_000_000 + 5 * index,
    timestamp_end: 1_790_000_000 + 5 * index,
    raw_url: "https://app.example.com/reports",
    canonical_url: "https://app.example.com/reports",
    session_id: "s",
    user_id: null,
    email: null,
    conversation_id: null,
    ...action,
  }));
}
