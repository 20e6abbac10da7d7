import { cutAtWord } from "../text/cut-at-word.ts";
import { withoutMarks } from "../text/marked-text.ts";
import { pairedLabels } from "./messenger-text.ts";
import { proseLines } from "./plain-prose.ts";

/** The longest summary, in code points: a note that is read at a glance. */
const LONGEST_SUMMARY = 1_200;

/**
 * What of a model's text may stand in a note: plain, on one line, so that nothing in it looks like another note, and
 * bounded.
 *
 * @returns null when there is nothing of use: the notes stay
 */
export function boundedSummary(text: string): string | null {
  const lines = proseLines(text);
  return lines && cutAtWord(withoutMarks(pairedLabels(lines).join(" ")), LONGEST_SUMMARY);
}
