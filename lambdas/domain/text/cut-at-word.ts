import { codePointLength, cutCodePoints } from "./code-points.ts";

/** The text, or as many of its words as fit `most` code points together with the ellipsis that says that some are left out. */
export function cutAtWord(text: string, most: number): string {
  if (codePointLength(text) <= most) return text;
  const start = cutCodePoints(text, most - 1);
  const lastSpace = start.search(/\s\S*$/u);
  // A word longer than half of the text is no word, and is cut where it must be.
  return `${(lastSpace > start.length / 2 ? start.slice(0, lastSpace) : start).trimEnd()}…`;
}
