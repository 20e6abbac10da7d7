/** What Intercom does to the HTML it is given, as far as its examples show: nothing comes back as it was sent. */

const token = /<!--[\s\S]*?-->|<(\/?)([a-z][a-z0-9-]*)((?:[^<>"']|"[^"]*"|'[^']*')*)>/gi;
const inlineTags = new Set(["a", "b", "strong", "i", "em", "u", "code"]);
const address = /https?:\/\/[^\s<>"']*[^\s<>"'.,;:!?)&]/g;

const references: Readonly<Record<string, string>> = {
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: "\u00a0",
  amp: "&",
};

/** Paragraphs around text, addresses made links, unknown tags and all attributes but `href` dropped. */
export function rewriteHtml(body: string): string {
  let html = "";
  let end = 0;
  for (const match of body.matchAll(token)) {
    html += rewriteText(body.slice(end, match.index)) + rewriteTag(match);
    end = match.index + match[0].length;
  }
  html += rewriteText(body.slice(end));
  return html
    .split(/(?:<br>){2,}|<\/?p>/)
    .filter((paragraph) => paragraph !== "")
    .map((paragraph) => `<p>${paragraph}</p>`)
    .join("\n");
}

/** The text that a reader of the inbox sees. */
export function plainText(body: string): string {
  return body
    .replace(/<br\s*\/?>|<\/p>/gi, "\n")
    .replace(token, "")
    .replace(/&(?:#(\d+)|([a-z]+));/gi, decode)
    .trim();
}

/** Tags that were sent as markup, other than line breaks: a sign that somebody's text was not escaped. */
export function markupIn(body: string): readonly string[] {
  return [...body.matchAll(token)].map(([tag]) => tag).filter((tag) => !/^<br\s*\/?>$/i.test(tag));
}

function rewriteTag([, slash = "", name = "", attributes = ""]: RegExpMatchArray): string {
  const tag = name.toLowerCase();
  if (tag === "br" || tag === "p") return `<${slash}${tag}>`;
  if (!inlineTags.has(tag)) return "";
  const href = tag === "a" && slash === "" ? /\shref="(https?:[^"]*)"/i.exec(attributes)?.[1] : undefined;
  return href === undefined ? `<${slash}${tag}>` : `<a href="${href}">`;
}

function rewriteText(text: string): string {
  const plain = text.replace(/&(?:#(\d+)|([a-z]+));/gi, decode);
  let html = "";
  let end = 0;
  for (const match of plain.matchAll(address)) {
    const link = encode(match[0]);
    html += `${encode(plain.slice(end, match.index))}<a href="${link}" rel="nofollow noopener noreferrer" target="_blank">${link}</a>`;
    end = match.index + match[0].length;
  }
  return html + encode(plain.slice(end));
}

function encode(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}

function decode(reference: string, decimal?: string, name?: string): string {
  if (decimal !== undefined) return String.fromCodePoint(Number(decimal) % 0x11_00_00);
  return references[name ?? ""] ?? reference;
}
