import type { SlimAction } from "../../activity/slim-action.ts";

/** What kind of thing an action is, as far as its type tells: senders have types of their own. */
export type Gesture = "press" | "entry" | "page" | "glance" | "error" | "other";

/** The first whose words stand in the type. */
const words: readonly (readonly [Gesture, RegExp])[] = [
  ["error", /error|fail|exception|denied/i],
  ["entry", /input|change|select|submit|fill|type|upload|toggle|check/i],
  ["press", /click|tap|press|touch/i],
  ["glance", /hover|scroll|focus|blur|mouse|resize/i],
  ["page", /page|view|navigat|screen|route|visit/i],
];

export function gestureOf({ type }: Pick<SlimAction, "type">): Gesture {
  return words.find(([, pattern]) => pattern.test(type))?.[0] ?? "other";
}

/** Whether the user did it, rather than seeing what came of it. */
export function isDoing(action: Pick<SlimAction, "type">): boolean {
  const gesture = gestureOf(action);
  return gesture === "press" || gesture === "entry" || gesture === "other";
}
