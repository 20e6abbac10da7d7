import * as z from "zod";
import type { Problem } from "../lambdas/domain/activity/problem.ts";
import { configurationSchema } from "../lambdas/domain/product/configuration.ts";

type Shape = { readonly properties?: Readonly<Record<string, Shape>> };

/** Keys of a document that mean nothing, each with the key that may have been meant. */
export function unknownKeys(document: unknown): readonly Problem[] {
  return walk(document, z.toJSONSchema(configurationSchema, { io: "input" }) as Shape, []);
}

function walk(value: unknown, { properties }: Shape, path: readonly string[]): readonly Problem[] {
  if (!properties || typeof value !== "object" || value === null || Array.isArray(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const shape = properties[key];
    return shape
      ? walk(inner, shape, [...path, key])
      : [{ path: [...path, key].join("."), reason: unknownKey(key, Object.keys(properties)) }];
  });
}

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
