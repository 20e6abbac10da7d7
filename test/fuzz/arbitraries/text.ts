import fc from "fast-check";
import { canary } from "../canaries.ts";

const loneSurrogate = fc.integer({ min: 0xd800, max: 0xdfff }).map((unit) => String.fromCharCode(unit));

/** Delimiters of our keys and of others' paths, and what a terminal, a log or an old parser stumbles over. */
const awkward = fc.constantFrom(
  ..."#/|:,.%&<>\"'\\`{}[]()$*?=@ \t\n\r",
  "\0",
  "\b",
  "\u001b[31m",
  "\u007f",
  "\u0085",
  "\u00a0",
  "\u2028",
  "\u202e",
  "\u200b",
  "\ufeff",
  "\ufffd",
  "\ufffe",
  "\uffff",
  "😀",
  "e\u0301",
  "é",
  "K",
  "İ",
  "ﬁ",
);

const unit = fc.oneof(
  { weight: 4, arbitrary: fc.string({ minLength: 1, maxLength: 1 }) },
  { weight: 4, arbitrary: awkward },
  { weight: 1, arbitrary: loneSurrogate },
  { weight: 1, arbitrary: fc.string({ minLength: 1, maxLength: 1, unit: "binary" }) },
);

const html = fc.constantFrom(
  "<script>alert(1)</script>",
  '<img src=x onerror="alert(1)">',
  '<a href="javascript:alert(1)">click</a>',
  "<b>bold</b><br><p>paragraph</p>",
  "<!-- comment",
  "</p></div><h1>",
  "&lt;b&gt; &amp;amp; &#60;i&#62; &#x3c;u&#x3e; &nbsp;",
  "<svg/onload=alert(1)>",
  'https://evil.example.com/?a=<b>&c="d"',
  "]]><![CDATA[<b>",
);

const prototypeName = fc.constantFrom("__proto__", "constructor", "prototype", "toString", "hasOwnProperty");

/** Any text up to about so many characters, of every kind that hurt somebody once. */
export function hostileText(maxLength = 40): fc.Arbitrary<string> {
  return fc.oneof(
    { weight: 4, arbitrary: fc.string({ unit, maxLength }) },
    { weight: 2, arbitrary: html },
    { weight: 1, arbitrary: fc.tuple(html, fc.string({ unit, maxLength })).map((parts) => parts.join("")) },
    { weight: 1, arbitrary: prototypeName },
    { weight: 1, arbitrary: fc.constantFrom("NaN", "Infinity", "null", "undefined", "true", "-1", "../..", "%00", "") },
  );
}

/** A text that is marked, so that it is found wherever it should not be. */
export const markedText: fc.Arbitrary<string> = hostileText().map((text) => `${canary.text} ${text}`);

/** An id that the edge must take: any text of 1 to 256 characters. */
export const hostileId: fc.Arbitrary<string> = fc
  .oneof(
    { weight: 6, arbitrary: hostileText(20) },
    { weight: 1, arbitrary: fc.constantFrom("\0", "#", "/", "|", "STATE", "S#acme#x", "..", ".", " ") },
    { weight: 1, arbitrary: fc.constantFrom("é", "😀", "\ud800", "x").map((one) => one.repeat(256)) },
  )
  .filter((id) => id !== "");

/** What may stand where a product's id is expected: in a path, or in a body. */
export const productIdText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom("acme", "__proto__", "acme-2", "nobody", "constructor", "..", "%2e%2e", "acme%00", "ACME", ""),
  hostileText(10),
);
