import type { Problem } from "../lambdas/domain/activity/problem.ts";
import { problemAt } from "../lambdas/domain/activity/problem.ts";
import { documentJsonSchema, type JsonShape } from "../lambdas/domain/product/document-schema.ts";

/** Keys of a document that mean nothing, each with the key that may have been meant. */
export function unknownKeys(document: unknown): readonly Problem[] {
  const schema = documentJsonSchema();
  const walk = (value: unknown, shapes: readonly JsonShape[], path: readonly PropertyKey[]): readonly Problem[] => {
    const fitting = shapes.flatMap((shape) => alternatives(shape, schema)).filter((shape) => fits(value, shape));
    if (Array.isArray(value)) {
      const items = fitting.flatMap((shape) => shape.items ?? []);
      return value.flatMap((inner, at) => walk(inner, items, [...path, at]));
    }
    if (!isRecord(value) || fitting.length === 0) return [];
    const known = [...new Set(fitting.flatMap(({ properties = {} }) => Object.keys(properties)))];
    return Object.entries(value).flatMap(([key, inner]) => {
      const at = [...path, key];
      const shapesOfKey = fitting.flatMap(
        ({ properties = {}, additionalProperties: any }) =>
          (Object.hasOwn(properties, key) ? properties[key] : any) ?? [],
      );
      return shapesOfKey.length > 0 ? walk(inner, shapesOfKey, at) : [problemAt(at, unknownKey(key, known))];
    });
  };
  return walk(document, [schema], []);
}

/** What a value of this shape may be, each without alternatives of its own. */
function alternatives(shape: JsonShape, schema: JsonShape): readonly JsonShape[] {
  const name = shape.$ref?.replace("#/$defs/", "");
  const named = name === undefined ? undefined : schema.$defs?.[name];
  const inner = named ? [named] : (shape.anyOf ?? shape.oneOf);
  return inner ? inner.flatMap((one) => alternatives(one, schema)) : [shape];
}

/** Whether a value is meant to have this shape: its kind, and what the shape says outright. */
function fits(value: unknown, { type, properties = {} }: JsonShape): boolean {
  if (Array.isArray(value)) return type === "array";
  if (!isRecord(value)) return false;
  return (
    type === "object" &&
    Object.entries(properties).every(([key, { const: only }]) => only === undefined || value[key] === only)
  );
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function unknownKey(key: string, known: readonly string[]): string {
  const [closest] = known
    .map((candidate) => ({ candidate, distance: editDistance(key, candidate) }))
    .toSorted((one, other) => one.distance - other.distance);
  const meant = closest && closest.distance <= Math.max(2, key.length / 3) ? `; is ${closest.candidate} meant?` : "";
  return `is unknown and means nothing${meant}`;
}

/** Levenshtein's: how many characters must be put in, taken out or changed. */
function editDistance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (const [at, character] of [...one].entries()) {
    const next = [at + 1];
    for (const [to, wanted] of [...other].entries()) {
      next.push(Math.min((next[to] ?? 0) + 1, (row[to + 1] ?? 0) + 1, (row[to] ?? 0) + (character === wanted ? 0 : 1)));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
