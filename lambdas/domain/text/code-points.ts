/** How many code points a text has: what people count as characters, more nearly than UTF-16's units. */
export function codePointLength(text: string): number {
  let length = 0;
  for (const _ of text) length += 1;
  return length;
}

/** The first `most` code points of a text. */
export function cutCodePoints(text: string, most: number): string {
  let end = 0;
  let taken = 0;
  for (const character of text) {
    if (taken >= most) break;
    taken += 1;
    end += character.length;
  }
  return text.slice(0, end);
}

/** For sorting by code point, the order of UTF-8's bytes; UTF-16's units would put U+FF01 behind the emoji. */
export function compareCodePoints(one: string, other: string): number {
  const common = Math.min(one.length, other.length);
  for (let at = 0; at < common; at += 1) {
    const [unit, against] = [one.charCodeAt(at), other.charCodeAt(at)];
    if (unit !== against) return rank(unit) - rank(against);
  }
  return one.length - other.length;
}

/** A surrogate belongs to a code point above all that one unit can name. */
const rank = (unit: number): number => (unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit);
