import { isDeepStrictEqual } from "node:util";

/** JSON has no word for these numbers; the vectors spell them `{"$float": "NaN"}`. */
const spelled: ReadonlyMap<unknown, number> = new Map([
  ["NaN", Number.NaN],
  ["Infinity", Number.POSITIVE_INFINITY],
  ["-Infinity", Number.NEGATIVE_INFINITY],
]);

/** A value of a vector file as the value it stands for. */
export function decode(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(decode);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value);
  const number = entries.length === 1 && entries[0]?.[0] === "$float" ? spelled.get(entries[0][1]) : undefined;
  return number ?? Object.fromEntries(entries.map(([key, inner]) => [key, decode(inner)]));
}

/** Equal, but for what no vector tells apart: a key without value and a missing key, zero and negative zero. */
export function isSame(one: unknown, other: unknown): boolean {
  return isDeepStrictEqual(plain(one), plain(other));
}

function plain(value: unknown): unknown {
  if (typeof value === "number") return value === 0 ? 0 : value;
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  const known = Object.entries(value).filter(([, inner]) => inner !== undefined);
  return Object.fromEntries(known.map(([key, inner]) => [key, plain(inner)]));
}
