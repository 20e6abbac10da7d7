import * as z from "zod";
import { type Problem, problemAt } from "../domain/activity/problem.ts";
import { productIdSchema } from "../domain/actor/actor.ts";

/** What cannot stand in a header is no token, and a line break would make two of one secret. */
const secret = z.string().regex(/^[\x21-\x7e]+$/, "must be printable, without spaces");

/** What it takes to add a product, in wire names. Unknown keys are errors: a misspelt one must not be a default. */
const newProductSchema = z.strictObject({
  product_id: productIdSchema,
  /** In whose name notes are written. */
  admin_id: z.string().regex(/^\d{1,20}$/, "must be the numeric id of an admin, as a string"),
  /** Default: the document's own, else Intercom's in the United States. */
  base_url: z.url({ protocol: /^https?$/ }).optional(),
  access_token: secret,
  client_secret: secret,
  /** Default: the product's document as it stands, else an empty one. */
  configuration: z.record(z.string(), z.unknown()).optional(),
});

export type NewProduct = z.infer<typeof newProductSchema>;

export function readNewProduct(
  value: unknown,
): { readonly ok: true; readonly product: NewProduct } | { readonly ok: false; readonly problems: readonly Problem[] } {
  const parsed = newProductSchema.safeParse(value);
  if (parsed.success) return { ok: true, product: parsed.data };
  return { ok: false, problems: parsed.error.issues.map(({ path, message }) => problemAt(path, message)) };
}
