import { cutAtWord } from "../text/cut-at-word.ts";
import { foldSpaces, proseLines } from "./plain-prose.ts";

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
  return pairedLabels(cutAtWord(pairedLabels(lines).join("\n"), LONGEST_ANSWER).split("\n")).join("\n");
}

/** Lines in which every label opens and closes, is not empty, and has no white space at its ends. None is blank. */
export function pairedLabels(lines: readonly string[]): readonly string[] {
  return lines.map((line) => foldSpaces(withPairs(line.split("**")))).filter((line) => line !== "");
}

/** @param parts what stands between the marks; every other one is a label, if the marks are even */
function withPairs(parts: readonly string[]): string {
  const paired = parts.length % 2 === 1 ? parts : [...parts.slice(0, -2), parts.slice(-2).join("")];
  return paired.map((part, at) => (at % 2 === 0 ? part : marked(part))).join("");
}

function marked(label: string): string {
  const trimmed = label.trim();
  return trimmed === "" ? label : label.replace(trimmed, () => `**${trimmed}**`);
}
