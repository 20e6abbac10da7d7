import { foldCase } from "../lambdas/domain/text/fold-case.ts";

/**
 * Whether a text contains a phrase. Case, white space, quotation marks and emphasis make no difference; a phrase begins
 * where a word begins and may end within one (`archiv`); `…` in it stands for up to a hundred characters of the same
 * sentence.
 */
export function contains(text: string, phrase: string): boolean {
  const parts = phrase.split("…").map((part) => `${wordStart(part.trim())}${escaped(folded(part))}`);
  return new RegExp(parts.join("(?:(?![.!?] ).){0,100}?"), "u").test(folded(text));
}

/** A part that begins with a sign (`#`, `(`) needs no boundary before it. */
function wordStart(part: string): string {
  return /^[\p{L}\p{N}]/u.test(part) ? "(?<![\\p{L}\\p{N}])" : "";
}

function folded(text: string): string {
  return foldCase(text)
    .replace(/["'`*_“”„‘’«»]/g, "")
    .replace(/\s+/g, " ")
    .trim();
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
}
