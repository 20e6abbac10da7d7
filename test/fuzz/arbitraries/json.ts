import fc from "fast-check";
import { canary } from "../canaries.ts";
import { hostileText, markedText } from "./text.ts";

/** Deeper than any recursion gets on a function's stack. */
export const DEEP_LEVELS = 12_000;

const nested = (open: string, inner: string, close: string) =>
  open.repeat(DEEP_LEVELS) + inner + close.repeat(DEEP_LEVELS);

const odd = fc.constantFrom(
  "null",
  "true",
  "[]",
  "{}",
  '""',
  "0",
  "-0",
  "-1",
  "-1764000000",
  "0.1e-300",
  "1e308",
  "1e999",
  "-1e999",
  "9007199254740993",
  "123456789012345678901234567890",
  "4102444800",
  "4102444801",
  "1764000000123",
  "253402300800",
  "100000000000",
  '"1764000000"',
  '"NaN"',
  '{"__proto__":{"isAdmin":true,"length":1}}',
  '{"constructor":{"prototype":{"polluted":true}}}',
  '{"toString":null,"valueOf":1,"toJSON":"x","then":"y"}',
  '{"length":1e9}',
  nested("[", "1", "]"),
  nested('{"a":', "1", "}"),
);

const notEvenJson = fc.constantFrom(
  "NaN",
  "Infinity",
  "undefined",
  "'text'",
  "01",
  "+1",
  "{a:1}",
  "[1,]",
  '"\\u12"',
  "",
);

const long = fc.constantFrom(257, 321, 40_000, 1_048_576).map((length) => JSON.stringify("x".repeat(length)));

/** A piece of text that stands where a JSON value should: mostly JSON, mostly wrong. */
export const hostileJson: fc.Arbitrary<string> = fc.oneof(
  { weight: 6, arbitrary: odd },
  { weight: 3, arbitrary: fc.oneof(hostileText(), markedText).map((text) => JSON.stringify(text)) },
  { weight: 2, arbitrary: fc.double().map(String) },
  { weight: 2, arbitrary: fc.json({ maxDepth: 3 }) },
  { weight: 1, arbitrary: notEvenJson },
  { weight: 1, arbitrary: long },
);

type Path = readonly (string | number)[];

/** Every place in a JSON value, the whole first. */
function placesIn(value: unknown, path: Path = []): readonly Path[] {
  if (typeof value !== "object" || value === null) return [path];
  const entries = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  return [path, ...entries.flatMap(([key, inner]) => placesIn(inner, [...path, key]))];
}

/** A text that no fixture holds. */
const HOLE = "\u0001hole";

/** The value as JSON, with this text in this place. */
export function replaced(value: unknown, path: Path, text: string): string {
  if (path.length === 0) return text;
  const copy = structuredClone(value) as Record<string | number, unknown>;
  let parent = copy;
  for (const step of path.slice(0, -1)) parent = parent[step] as typeof parent;
  parent[path.at(-1) ?? ""] = HOLE;
  return JSON.stringify(copy).replace(JSON.stringify(HOLE), () => text);
}

/** The value as JSON, with one more member at the beginning or the end of one of its objects. */
function withMember(value: unknown, path: Path, member: string): string {
  let inner = value;
  for (const step of path) inner = (inner as Record<string | number, unknown>)[step];
  const text = JSON.stringify(inner);
  if (!text.startsWith("{")) return replaced(value, path, text);
  const separator = text === "{}" ? "" : ",";
  return replaced(value, path, `{${member}${separator}${text.slice(1)}`);
}

const members = fc.constantFrom(
  `"__proto__":{"product_id":"acme","canary":"${canary.text}"}`,
  '"constructor":{"prototype":{"polluted":1}}',
  `"${canary.email}":"${canary.text}"`,
  `"extra":${nested("[", "", "]")}`,
  '"session_id":"first wins or last wins"',
);

/** JSON that is a fixture but for one place or two. */
export function almost(fixtures: readonly unknown[]): fc.Arbitrary<string> {
  return fc.constantFrom(...fixtures).chain((fixture) => {
    const places = fc.constantFrom(...placesIn(fixture));
    return fc.oneof(
      { weight: 4, arbitrary: fc.tuple(places, hostileJson).map(([path, text]) => replaced(fixture, path, text)) },
      { weight: 2, arbitrary: fc.tuple(places, members).map(([path, member]) => withMember(fixture, path, member)) },
      { weight: 1, arbitrary: fc.tuple(hostileJson, fc.nat(3)).map(([text, at]) => listed(fixture, text, at)) },
    );
  });
}

/** The fixture in a list beside something else, as a body of several batches is. */
function listed(fixture: unknown, text: string, at: number): string {
  const good = JSON.stringify(fixture);
  return `[${[good, good, good].toSpliced(at, 0, text).join(",")}]`;
}
