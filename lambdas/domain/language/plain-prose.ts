/** What a model wrote, as prose: a model may give anything, of any length, and what it read may have told it to. */

/** What is looked at, in UTF-16 units. Ten times what is kept of it. */
const LONGEST_READ = 16_000;

/**
 * The lines of a model's text without what is no prose: control characters, code fences, headings' marks, rulers, quote
 * marks, the frames of tables, the marks of code, links and single emphasis, and whatever could begin an HTML tag. Labels
 * keep their `**`. No line is blank, and none has white space at its ends.
 *
 * @returns null when there is nothing of use: nothing to read, an HTML page, a JSON body
 */
export function proseLines(text: string): readonly string[] | null {
  const unfenced = withoutControls(text.slice(0, LONGEST_READ)).replace(/^[^\S\n]*(?:```|~~~).*$/gmu, "");
  if (isHtmlPage(unfenced) || isJsonBody(unfenced)) return null;
  const lines = withoutTags(unfenced)
    .split("\n")
    .filter((line) => !isRuler(line))
    .map((line) => foldSpaces(withoutOpenTags(withoutMarks(foldSpaces(line)))))
    .filter((line) => line !== "");
  return lines.some((line) => /[\p{L}\p{N}]/u.test(line)) ? lines : null;
}

/** Line breaks stay. So do the joiners of emoji; marks that turn the direction of writing do not. */
function withoutControls(text: string): string {
  return text
    .replace(/\r\n?|[\v\f\u0085\u2028\u2029]/gu, "\n")
    .replace(/[\p{Cs}\u202a-\u202e\u2066-\u2069\ufeff]|(?![\t\n])\p{Cc}/gu, "");
}

const isHtmlPage = (text: string): boolean => /<!doctype\s+html|<(?:html|head|body)[\s>]/iu.test(text);

/** Judged by how it begins: a body may have been cut. */
const isJsonBody = (text: string): boolean => /^\s*(?:\{\s*["}]|\[\s*["{[\]])/u.test(text);

function withoutTags(text: string): string {
  return text.replace(/<!--[^<>]*-->|<\/?([a-z][^<>]*)>/giu, (tag, words) => (isWords(tag) ? words : ""));
}

/** Pages name things as `<Billing admin>`; a tag is one name in small letters, and what follows it are attributes. */
const isWords = (tag: string): boolean =>
  !tag.startsWith("<!--") && !/^<\/?[a-z][\w:.-]*(?:\s[^=]*=.*)?\s*\/?>$/su.test(tag);

/** What underlines a heading, parts sections, or parts the head of a table from its rows. */
const isRuler = (line: string): boolean => /^[\s|:=_*~-]*$/u.test(line);

function withoutMarks(line: string): string {
  const opened = line.replace(/^(?:> ?)*(?:#{1,6} )?/u, "").replace(/ #+$/u, "");
  return withoutFrame(opened)
    .replace(/!?\[([^[\]]*)\]\(([^()]*)\)/gu, (_, text: string, target: string) => withTarget(text, target))
    .replace(/^(\d+)\)\s+/u, "$1. ")
    .replace(/^[*+•]\s+/u, "- ")
    .replace(/`+|~~|__+/gu, "")
    .replace(/\*{4,}/gu, "")
    .replace(/\*{3}/gu, "**")
    .replace(/(?<![*\p{L}\p{N}])\*(?=[^\s*])|(?<=[^\s*])\*(?![*\p{L}\p{N}])/gu, "");
}

/** A link as its text and, where that is something else, its address. */
function withTarget(text: string, target: string): string {
  const [address = ""] = target.trim().split(" ");
  return address === "" || address === text ? text : `${text} (${address})`;
}

/** A row of a table as its cells. */
function withoutFrame(line: string): string {
  if (!/^\|.*\|$/u.test(line)) return line;
  const cells = line.split("|").map((cell) => cell.trim());
  return cells.filter((cell) => cell !== "").join(", ");
}

/** A bracket that could begin a tag, once the marks of a label are off, too, is moved away from what follows it. */
const withoutOpenTags = (line: string): string => line.replace(/(?<!<)<+(?=\**[a-z/!?])/giu, "< ");

export const foldSpaces = (line: string): string => line.replace(/\s+/gu, " ").trim();
