import { actionText } from "../activity/activity-text.ts";
import type { SlimAction } from "../activity/slim-action.ts";
import { cutAtWord } from "../text/cut-at-word.ts";
import { activityContext, type SummarisedActivity } from "./activity-context.ts";

/** What end users' pages wrote, on its way into a prompt: data that can neither end itself nor grow without bound. */

const OPENED = "<<<DATA";
const CLOSED = "DATA>>>";

/** The longest text of one action, in code points. */
const LONGEST_LINE = 600;

/** All actions together, in UTF-16 units: some 6,000 tokens. */
const LONGEST_LIST = 24_000;

/** Room for the line that says how many actions are left out. */
const OMISSION_LENGTH = 60;

/** A text between delimiter lines. Three angle brackets in a row never stand in it, so that it cannot hold a delimiter. */
export function delimited(text: string): string {
  return `${OPENED}\n${withoutDelimiters(text)}\n${CLOSED}`;
}

/** For a template that has no delimiters around it: what stands in it cannot bring any. */
export function withoutDelimiters(text: string): string {
  return text.replace(/<{3,}/gu, "<<").replace(/>{3,}/gu, ">>");
}

/**
 * Actions as a prompt lists them: numbered from 1, one line each, long lines cut. When they are more than fit, the first
 * ones and the last ones, with a line between that counts the others.
 */
export function promptActions(actions: readonly SlimAction[]): string {
  const lines = actions.map((action, at) => cutAtWord(`${at + 1}. ${onOneLine(actionText(action))}`, LONGEST_LINE));
  if (lengthOf(lines) <= LONGEST_LIST) return lines.join("\n");
  const half = (LONGEST_LIST - OMISSION_LENGTH) / 2;
  const first = lines.slice(0, fitting(lines, half));
  const last = lines.slice(lines.length - fitting(lines.toReversed(), half));
  return [...first, `(${lines.length - first.length - last.length} more actions are left out here)`, ...last].join(
    "\n",
  );
}

/** A text without line breaks and control characters, which a reader might take for the end of a line. */
export function onOneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Cs}\u2028\u2029]+/gu, " ");
}

/** An {@link activityContext} for a prompt: its lists are {@link promptActions}. */
export function promptActivity(session: SummarisedActivity): string {
  return activityContext(session, promptActions);
}

const lengthOf = (lines: readonly string[]): number => lines.reduce((sum, line) => sum + line.length + 1, 0);

/** How many lines, from the first on, fit so many UTF-16 units. */
function fitting(lines: readonly string[], most: number): number {
  let used = 0;
  const tooMany = lines.findIndex((line) => {
    used += line.length + 1;
    return used > most;
  });
  return tooMany < 0 ? lines.length : tooMany;
}
