import { cutAtWord } from "../text/cut-at-word.ts";
import { proseLines } from "./plain-prose.ts";

/** The longest answer, in code points, its marks among them: what fits a chat window without scrolling for long. */
const LONGEST_ANSWER = 1_500;

/**
 * What of a model's text a user is shown: short lines without blank ones between, labels between `**`, nothing else that
 * is marked up, and bounded.
 *
 * @returns null when there is nothing of use
 */
export function messengerText(text: string): string | null {
  const lines = proseLines(text);
  if (!lines) return null;
  return cutAtWord(lines.map(pairedLabels).join("\n"), LONGEST_ANSWER).split("\n").map(pairedLabels).join("\n");
}

/** An answer as text alone: without the marks of labels. */
export function plainAnswer(text: string): string {
  return text.replaceAll("**", "");
}

/** Every label of a line opens and closes on it, is not empty, and has no white space at its ends. */
function pairedLabels(line: string): string {
  const parts = line.split("**");
  const paired = parts.length % 2 === 1 ? parts : [...parts.slice(0, -2), parts.slice(-2).join("")];
  return paired.map((part, at) => (at % 2 === 0 ? part : label(part))).join("");
}

function label(text: string): string {
  const trimmed = text.trim();
  return trimmed === "" ? text : text.replace(trimmed, () => `**${trimmed}**`);
}
