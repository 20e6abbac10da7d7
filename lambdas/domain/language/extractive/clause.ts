import type { SlimAction } from "../../activity/slim-action.ts";
import { codePointLength, cutCodePoints } from "../../text/code-points.ts";

/** A label is quoted so far, in characters: enough to find it on the page, too little to say much. */
const LABEL_CHARACTERS = 40;

/** What people and pages put around a label. Within one, the other kinds may stand. */
const quoted = /"([^"]*)"|“([^”]*)”|„([^“”]*)[“”]|«([^»]*)»/gu;

/**
 * What an action says of itself, as part of a sentence: on one line, without its subject, labels cut. Pages wrote it:
 * it is shown, and never followed.
 *
 * @param most characters, and at most so many of each label
 */
export function clauseOf({ description, title, type }: SlimAction, most: number, ofLabel = LABEL_CHARACTERS): string {
  const text = plain(description) || plain(title) || plain(type) || "did something";
  const withoutSubject = text.replace(/^(the )?user (?=\p{L})/iu, "");
  const labels = withoutSubject.replace(quoted, (match, ...groups) => {
    const label = groups.slice(0, 4).find((group) => typeof group === "string");
    return codePointLength(match) > ofLabel + 2 ? `"${cut(String(label), ofLabel)}"` : match;
  });
  return lowered(cut(labels, most).replace(/[.;:,]+$/, ""));
}

/** The first label that an action names, else its title; empty when it has neither. */
export function labelOf({ description, title }: SlimAction): string {
  const groups = quoted[Symbol.matchAll](plain(description)).next().value?.slice(1) ?? [];
  const label = groups.find((group) => group !== undefined) ?? "";
  return cut(plain(label) || plain(title), LABEL_CHARACTERS);
}

/** On one line, without what would change how its surroundings are shown. */
export function plain(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, " ")
    .replace(/\p{Cf}|\*{2,}/gu, "")
    .trim();
}

/** At most so many characters, with an ellipsis in the place of what is cut off. */
export function cut(text: string, most: number): string {
  return codePointLength(text) <= most ? text : `${cutCodePoints(text, most - 1).trimEnd()}…`;
}

/** `Clicked` becomes `clicked`; `CSV` and `iPhone` stay. */
function lowered(text: string): string {
  return text.replace(/^\p{Lu}(?=\p{Ll}|\P{L}|$)/u, (first) => first.toLowerCase());
}
