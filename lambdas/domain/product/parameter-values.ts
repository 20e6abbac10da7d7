import { productIdSchema } from "../actor/actor.ts";

/** SSM refuses an empty value, and this is no product's id. */
const NO_PRODUCTS = "(none)";

/**
 * The product ids of the index, a comma or a white space apart: what an SSM `StringList` holds, and what a person types
 * one a line. What is no product id is no product: SSM refuses an empty value, so an index without products says so in
 * words.
 */
export function parseIndex(value: string): ReadonlySet<string> {
  return new Set(value.split(/[\s,]+/).filter((id) => productIdSchema.safeParse(id).success));
}

export function formatIndex(ids: ReadonlySet<string>): string {
  return [...ids].join(",") || NO_PRODUCTS;
}

/** The values of a secret, one a line: two while it is rotated. */
export function parseSecret(value: string): readonly string[] {
  return value
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
}

export function formatSecret(values: readonly string[]): string {
  return values.join("\n");
}
