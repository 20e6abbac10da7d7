import type { PageElement } from "./raw-event.ts";

/** A chain is cut there: no page's target lies deeper, and nobody may make the edge read for long. */
const LONGEST_CHAIN = 20_000;

/** What may be an attribute's name, or what is left of a selector with colons in its classes (`md:hover:flex`). */
const nameRun = /[\w:@.-]+/y;

/** The name at the end of such a run. */
const knownName = /(?:^|:)(attr__.*|attr_id|href|text|nth-child|nth-of-type)$/;

/**
 * Parses PostHog's `$elements_chain`: `tag.class.class:name="value"name="value";tag…`, first the element that was acted
 * upon. A quotation mark inside a value is written `\"`; a semicolon or a colon in one parts nothing. What cannot be
 * understood in an element is left out, up to the next element.
 */
export function parseElementsChain(chain: string): readonly PageElement[] {
  const text = chain.slice(0, LONGEST_CHAIN);
  const elements: PageElement[] = [];
  let at = 0;
  while (at < text.length) {
    const { element, end } = readElement(text, at);
    if (element.tag || Object.keys(element.attributes).length > 0 || element.text) elements.push(element);
    at = end + 1;
  }
  return elements;
}

/** Reads one element from `start`; `end` is where its semicolon stands, or the end of the chain. */
function readElement(chain: string, start: number): { readonly element: PageElement; readonly end: number } {
  const head = /[^:;]*/y;
  head.lastIndex = start;
  const selector = head.exec(chain)?.[0] ?? "";
  let at = start + selector.length;
  const attributes: Record<string, string> = {};
  let text = "";
  if (chain[at] === ":") at += 1;
  while (at < chain.length && chain[at] !== ";") {
    nameRun.lastIndex = at;
    const run = nameRun.exec(chain)?.[0] ?? "";
    at += run.length;
    if (run === "" || !chain.startsWith('="', at)) {
      // `:nth-child(1)` and other things that no PostHog library writes.
      if (chain[at] !== ";") at += 1;
      continue;
    }
    const name = knownName.exec(run)?.[1] ?? run;
    const { value, end } = readValue(chain, at + 2);
    if (name === "text") text = value;
    else if (name.startsWith("attr__")) attributes[name.slice("attr__".length)] = value;
    else if (name === "attr_id") attributes.id ??= value;
    else if (name === "href") attributes.href ??= value;
    at = end;
  }
  return { element: { tag: tagOf(selector), text, attributes }, end: at };
}

/** `end` is behind the closing quotation mark. */
function readValue(chain: string, start: number): { readonly value: string; readonly end: number } {
  let at = start;
  while (at < chain.length && chain[at] !== '"') at += isEscaped(chain, at) ? 2 : 1;
  return { value: chain.slice(start, at).replaceAll('\\"', '"'), end: at + 1 };
}

/**
 * Whether a quotation mark of the value begins here. Libraries escape no backslash, so that one at a value's end looks like
 * an escape; but what then follows up to the next mark is the beginning of another attribute, which no value can hold.
 */
function isEscaped(chain: string, at: number): boolean {
  if (chain[at] !== "\\" || chain[at + 1] !== '"') return false;
  const next = chain.indexOf('"', at + 2);
  const between = chain.slice(at + 2, next);
  return next < 0 || !(/^[\w:@.-]+=$/.test(between) || (between.startsWith(";") && between.endsWith("=")));
}

function tagOf(selector: string): string {
  return /^\s*([A-Za-z][A-Za-z0-9-]*)/.exec(selector)?.[1]?.toLowerCase() ?? "";
}
