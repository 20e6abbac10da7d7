import type { SlimAction } from "../../activity/slim-action.ts";
import { codePointLength } from "../../text/code-points.ts";
import { cutAtWord } from "../../text/cut-at-word.ts";

/** A label is quoted so far, in characters: enough to find it on the page, too little to say much. */
const LABEL_CHARACTERS = 40;

/** UTF-16 units. */
const LONGEST_READ = 500;

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
    return codePointLength(match) > ofLabel + 2 ? `"${cutAtWord(String(label), ofLabel)}"` : match;
  });
  return lowered(cutAtWord(labels, most).replace(/[.;:,]+$/, ""));
}

/**
 * What a page said when something went wrong: its words alone where the action is hardly more than them.
 *
 * @param most characters
 */
export function messageOf(action: SlimAction, most: number): string {
  const clause = clauseOf(action, most, most - 2);
  const [match] = clause.matchAll(quoted);
  const isWhole = match !== undefined && match.index + match[0].length === clause.length;
  return isWhole && match.index < match[0].length ? match[0] : clause;
}

/** The first label that an action names, else its title; empty when it has neither. */
export function labelOf({ description, title }: SlimAction): string {
  const groups = quoted[Symbol.matchAll](plain(description)).next().value?.slice(1) ?? [];
  const label = groups.find((group) => group !== undefined) ?? "";
  return cutAtWord(plain(label) || plain(title), LABEL_CHARACTERS);
}

/** On one line, without what would change how its surroundings are shown, and no more of it than is ever looked at. */
export function plain(text: string): string {
  return text
    .slice(0, LONGEST_READ)
    .toWellFormed()
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, " ")
    .replace(/\p{Cf}|\*{2,}/gu, "")
    .trim();
}

/** `Clicked` becomes `clicked`; `CSV` and `iPhone` stay. */
function lowered(text: string): string {
  return text.replace(/^\p{Lu}(?=\p{Ll}|\P{L}|$)/u, (first) => first.toLowerCase());
}
