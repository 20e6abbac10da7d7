import { hash } from "../../domain/actor/hash.ts";
import { strip } from "../../domain/text/strip.ts";

/**
 * The one rule about text and Intercom's HTML. Text goes out escaped, so that nothing a page was called can become
 * markup in an agent's inbox. It comes back rewritten (paragraphs, links around addresses, other spellings of the same
 * character), so notes are compared by their words and never by their markup.
 */

const escapes: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

const namedCharacters: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: " ",
};

/** Control characters have no place in HTML: a parser drops them, replaces them or takes them for spaces. */
const controlOrSpace = /[\p{Cc}\s]+/gu;

const comment = /<!--[\s\S]*?-->/g;
const tag = /<\/?([a-z][a-z0-9-]*)(?:[^<>"']|"[^"]*"|'[^']*')*>/gi;
const lineTags = new Set(
  "address blockquote br div dd dl dt h1 h2 h3 h4 h5 h6 hr li ol p pre table td th tr ul".split(" "),
);
const characterReference = /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,5}));/gi;

/** Plain text as the `body` of a note: escaped, each line break a `<br>`. */
export function toNoteHtml(text: string): string {
  return text
    .toWellFormed()
    .replace(/[&<>"]/g, (character) => escapes[character] ?? character)
    .replace(/\r\n?|\n/g, "<br>")
    .replace(/\p{Cc}/gu, " ");
}

/** The words of a plain text, one space between them. */
export function canonicalText(text: string): string {
  return text.toWellFormed().replace(controlOrSpace, " ").trim();
}

/** The words of an HTML body: `canonicalHtml(rewritten(toNoteHtml(text))) === canonicalText(text)`. */
export function canonicalHtml(html: string): string {
  return canonicalText(withoutMarkup(html));
}

/** An HTML body as a person reads it: its lines, a blank one between paragraphs at most. */
export function plainHtml(html: string): string {
  return strip(
    withoutMarkup(html)
      .toWellFormed()
      .replace(/\r\n?/g, "\n")
      .replace(/[^\P{Cc}\n]/gu, " ")
      .replace(/[^\S\n]*\n[^\S\n]*/g, "\n")
      .replace(/\n{3,}/g, "\n\n"),
  );
}

/** A tag within a line joins what it stands between (an address made a link); a tag that ends a line parts it. */
function withoutMarkup(html: string): string {
  return html
    .replace(comment, "")
    .replace(tag, (_, name: string) => (lineTags.has(name.toLowerCase()) ? "\n" : ""))
    .replace(characterReference, decodeReference);
}

/** What recognises a note, 43 characters: `fingerprintOfHtml(rewritten(toNoteHtml(text))) === fingerprintOfText(text)`. */
export function fingerprintOfText(text: string): string {
  return hash(canonicalText(text));
}

export function fingerprintOfHtml(html: string): string {
  return hash(canonicalHtml(html));
}

function decodeReference(reference: string, decimal?: string, hexadecimal?: string, name?: string): string {
  if (name !== undefined) return namedCharacters[name.toLowerCase()] ?? reference;
  const code = decimal !== undefined ? Number.parseInt(decimal, 10) : Number.parseInt(hexadecimal ?? "", 16);
  return code > 0 && code <= 0x10_ff_ff ? String.fromCodePoint(code) : "\ufffd";
}
