import { gzipSync } from "node:zlib";
import fc from "fast-check";

const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);

const utf8 = (text: string): Buffer => Buffer.from(text, "utf8");

/** What becomes of a text on its way into a body. */
const encodings: Readonly<Record<string, (text: string) => Uint8Array>> = {
  utf8,
  "with a byte order mark": (text) => Buffer.concat([BYTE_ORDER_MARK, utf8(text)]),
  utf16: (text) => Buffer.from(text, "utf16le"),
  latin1: (text) => Buffer.from(text, "latin1"),
  "not UTF-8 at the end": (text) => Buffer.concat([utf8(text), Buffer.from([0xff, 0xc0, 0x80])]),
  "not UTF-8 inside": (text) => Buffer.from(text.replace("a", "\u00ff"), "latin1"),
  gzip: (text) => gzipSync(text),
  "cut off": (text) => utf8(text).subarray(0, Math.floor(text.length / 2)),
  "said twice": (text) => utf8(text + text),
};

/** A text as the bytes of a body: mostly as it should be. */
export function encoded(text: fc.Arbitrary<string>): fc.Arbitrary<Uint8Array> {
  const encoding = fc.oneof(
    { weight: 8, arbitrary: fc.constant("utf8") },
    { weight: 2, arbitrary: fc.constantFrom(...Object.keys(encodings)) },
  );
  return fc.tuple(text, encoding).map(([one, name]) => encodings[name]?.(one) ?? utf8(one));
}

/** The bytes as the form in which beacons send them. */
export function inForm(bytes: fc.Arbitrary<Uint8Array>): fc.Arbitrary<Uint8Array> {
  const written = fc.constantFrom(encodeURIComponent, (base64: string) => base64);
  return fc.tuple(bytes, written).map(([one, write]) => utf8(`data=${write(Buffer.from(one).toString("base64"))}`));
}

/** No text at all. */
export const anyBytes: fc.Arbitrary<Uint8Array> = fc.uint8Array({ maxLength: 200 });
