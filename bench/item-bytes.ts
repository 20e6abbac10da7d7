import * as z from "zod";

/** What this system writes: strings, numbers, and bytes in base64, as requests have them. */
const itemSchema = z.record(
  z.string(),
  z.union([z.strictObject({ S: z.string() }), z.strictObject({ N: z.string() }), z.strictObject({ B: z.base64() })]),
);

const WRITE_UNIT_BYTES = 1_024;

/**
 * The size that DynamoDB reckons an item at: names and texts in UTF-8, bytes as they are, a number as a byte for two digits and one more
 * (developer guide, "DynamoDB item sizes and formats").
 *
 * @param item as a request holds it.
 * @throws ZodError for an attribute of another type.
 */
export function itemBytes(item: unknown): number {
  return Object.entries(itemSchema.parse(item)).reduce((sum, [name, value]) => {
    return sum + Buffer.byteLength(name) + valueBytes(value);
  }, 0);
}

function valueBytes(value: z.infer<typeof itemSchema>[string]): number {
  if ("S" in value) return Buffer.byteLength(value.S);
  if ("B" in value) return Buffer.byteLength(value.B, "base64");
  return Math.ceil(value.N.replace(/\D/g, "").length / 2) + 1;
}

/** What DynamoDB bills for writing an item of that size: a unit for each KB that it begins. */
export function writeUnits(bytes: number): number {
  return Math.ceil(bytes / WRITE_UNIT_BYTES);
}
