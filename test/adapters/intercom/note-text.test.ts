import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  canonicalHtml,
  canonicalText,
  fingerprintOfHtml,
  fingerprintOfText,
  toNoteHtml,
} from "../../../lambdas/adapters/intercom/note-text.ts";
import { markupIn, plainText, rewriteHtml } from "../../../local/fake-intercom/html.ts";

/** Texts that are likely to be mistaken for something: entities, tags, addresses, every kind of space. */
const tricky = fc.oneof(
  fc.string({ unit: "binary" }),
  fc
    .array(
      fc.oneof(
        fc.string({ unit: "grapheme" }),
        fc.constantFrom("&", "&amp;", "&lt;b&gt;", "&#39;", "&#0;", "<", ">", "<br>", "</p>", "<a href='x'>", '"', "'"),
        fc.constantFrom("<!--", "-->", "\n", "\r\n", "\n\n", "\t", "\u00a0", "\u2028", "\0", "  ", "\ud800"),
        fc.constantFrom("https://app.example.com/a?b=1&c=2#d", "<script>alert(1)</script>", "[1]", "naïve", "👩‍👩‍👧"),
      ),
      { maxLength: 12 },
    )
    .map((pieces) => pieces.join("")),
);

/** Spellings of one body that mean the same to a reader. */
const rewritings: Readonly<Record<string, (html: string) => string>> = {
  paragraph: (html) => `<p>${html}</p>`,
  "paragraph with a class": (html) => `<div><p class="no-margin" title="a > b">${html}</p>\n</div>`,
  "closed breaks": (html) => html.replaceAll("<br>", "<br/>"),
  "spaced breaks": (html) => html.replaceAll("<br>", "<br />\n"),
  "capital breaks": (html) => html.replaceAll("<br>", "<BR>"),
  "two breaks are a paragraph": (html) => `<p>${html.replaceAll("<br><br>", "</p>\n<p>")}</p>`,
  "a paragraph a line": (html) => `<p>${html.replaceAll("<br>", "</p><p>")}</p>`,
  "decimal apostrophe": (html) => html.replaceAll("'", "&#39;"),
  "hexadecimal apostrophe": (html) => html.replaceAll("'", "&#x27;"),
  "named apostrophe": (html) => html.replaceAll("'", "&apos;"),
  "bare quotation mark": (html) => html.replaceAll("&quot;", '"'),
  "numbered ampersand": (html) => html.replaceAll("&amp;", "&#38;"),
  "hard spaces": (html) => html.replaceAll("  ", " &nbsp;"),
  "links in the line": (html) => html.replaceAll("https", '<a href="https://x.example" rel="nofollow">https</a>'),
  "bold inside a word": (html) => html.replaceAll("naïve", "na<b>ï</b>ve<!-- a > b -->"),
};
const rewriting = fc.constantFrom(...Object.keys(rewritings));

describe("a note's text", () => {
  test("stands in the inbox as it is, with nothing of it become markup", () => {
    expect(toNoteHtml(`[1] "<b>Tom & Jerry's</b>"\r\n[2] x\n\n[3]`)).toBe(
      "[1] &quot;&lt;b&gt;Tom &amp; Jerry's&lt;/b&gt;&quot;<br>[2] x<br><br>[3]",
    );
    fc.assert(
      fc.property(tricky, (text) => {
        expect(markupIn(toNoteHtml(text))).toEqual([]);
        expect(canonicalText(plainText(toNoteHtml(text)))).toBe(canonicalText(text));
      }),
    );
  });

  test("goes out without what no HTML can carry: control characters and halves of characters", () => {
    expect(toNoteHtml("a\0b\u0007c\td\ud800e")).toBe("a b c d\ufffde");
  });

  test("is recognised through any spelling of its body", () => {
    fc.assert(
      fc.property(tricky, fc.array(rewriting, { maxLength: 2 }), (text, names) => {
        const html = names.reduce(
          (body, name) => (rewritings[name] as (html: string) => string)(body),
          toNoteHtml(text),
        );
        expect(canonicalHtml(html)).toBe(canonicalText(text));
      }),
      { numRuns: 500 },
    );
  });

  test("is recognised through what a chat platform makes of it", () => {
    fc.assert(
      fc.property(tricky, (text) => {
        expect(fingerprintOfHtml(rewriteHtml(toNoteHtml(text)))).toBe(fingerprintOfText(text));
      }),
    );
  });

  test("is recognised however its lines and spaces are laid out", () => {
    const words = fc.array(fc.stringMatching(/^[\w<>&"';/#[\]]{1,8}$/), { minLength: 1 });
    const space = fc.constantFrom(" ", "\n", "\n\n", "\t", "  ", "\u00a0");
    fc.assert(
      fc.property(words, space, space, (some, one, other) => {
        expect(canonicalHtml(toNoteHtml(some.join(one)))).toBe(canonicalText(some.join(other)));
      }),
    );
  });

  test("is never taken for one of other words", () => {
    const words = fc.array(
      fc.oneof(
        fc.stringMatching(/^[\w<>&"';/#[\]]{1,4}$/),
        fc.constantFrom("<b>", "&lt;b&gt;", "&amp;", "&", "&#38;", "<br>", "'", "&#39;", "a", "A"),
      ),
      { maxLength: 4 },
    );
    fc.assert(
      fc.property(words, words, rewriting, (some, others, name) => {
        fc.pre(some.join(" ") !== others.join(" "));
        const html = (rewritings[name] as (html: string) => string)(toNoteHtml(some.join(" ")));
        expect(canonicalHtml(html)).not.toBe(canonicalText(others.join(" ")));
        expect(fingerprintOfHtml(html)).not.toBe(fingerprintOfText(others.join(" ")));
      }),
      { numRuns: 500 },
    );
  });
});

describe("an HTML body", () => {
  test.each([
    [
      "<p>I can't find the &quot;Add project&quot; button.<br>Where is it?</p>",
      `I can't find the "Add project" button. Where is it?`,
    ],
    ["<ul><li>one</li><li>two</li></ul>", "one two"],
    ["5 < 6 and a<b", "5 < 6 and a<b"],
    ["&lt;b&gt; &amp;lt; &unknown; &#x1F600; &#55296; &#9999999;", "<b> &lt; &unknown; 😀 \ufffd \ufffd"],
    ["", ""],
  ])("%s reads as its words", (html, words) => {
    expect(canonicalHtml(html)).toBe(words);
  });
});
