import * as z from "zod";
import { type Problem, problemAt } from "../domain/activity/problem.ts";
import { productIdSchema } from "../domain/actor/actor.ts";
import { baseUrlSchema } from "../domain/product/base-url.ts";

/** What a parameter of the standard tier holds (SSM service quotas). */
const LONGEST_SECRET = 4_096;

/** What cannot stand in a header is no token, and a line break would make two of one secret. */
const secret = z
  .string()
  .max(LONGEST_SECRET, `must have at most ${LONGEST_SECRET} characters`)
  .regex(/^[\x21-\x7e]+$/, "must be printable, without spaces");

/** What it takes to add a product, in wire names. Unknown keys are errors: a misspelt one must not be a default. */
export const newProductSchema = z.strictObject({
  product_id: productIdSchema,
  /** In whose name notes are written. */
  admin_id: z.string().regex(/^\d{1,20}$/, "must be the numeric id of an admin, as a string"),
  /** Default: the document's own, else Intercom's in the United States. */
  base_url: baseUrlSchema.optional(),
  access_token: secret,
  client_secret: secret,
  /** Default: the product's document as it stands, else an empty one. */
  configuration: z.record(z.string(), z.unknown()).optional(),
});

export type NewProduct = z.infer<typeof newProductSchema>;

/** Enough to mend a wish by. */
const MOST_PROBLEMS = 20;

export function readNewProduct(
  value: unknown,
): { readonly ok: true; readonly product: NewProduct } | { readonly ok: false; readonly problems: readonly Problem[] } {
  const parsed = newProductSchema.safeParse(value);
  if (parsed.success) return { ok: true, product: parsed.data };
  return { ok: false, problems: parsed.error.issues.flatMap(problemsOf).slice(0, MOST_PROBLEMS) };
}

/** What may be told back of a key that nobody knows: a misspelt name. Anything else may be a value in the wrong place. */
const keyName = /^[a-z][a-z0-9_-]{0,31}$/i;

function problemsOf(issue: z.core.$ZodIssue): readonly Problem[] {
  if (issue.code !== "unrecognized_keys") return [problemAt(issue.path, issue.message)];
  const named = issue.keys.filter((key) => keyName.test(key));
  const nameless = named.length < issue.keys.length ? [problemAt(issue.path, "has a key that is no name")] : [];
  return [...named.map((key) => problemAt([...issue.path, key], "is not known")), ...nameless];
}
