import * as z from "zod";

/** What this system writes: strings and numbers. */
const itemSchema = z.record(
  z.string(),
  z.union([z.strictObject({ S: z.string() }), z.strictObject({ N: z.string() })]),
);

const WRITE_UNIT_BYTES = 1_024;

/**
 * The size that DynamoDB reckons an item at: names and texts in UTF-8, a number as a byte for two digits and one more
 * (developer guide, "DynamoDB item sizes and formats").
 *
 * @param item as a request holds it.
 * @throws ZodError for an attribute of another type.
 */
export function itemBytes(item: unknown): number {
  return Object.entries(itemSchema.parse(item)).reduce((sum, [name, value]) => {
    const size = "S" in value ? Buffer.byteLength(value.S) : Math.ceil(value.N.replace(/\D/g, "").length / 2) + 1;
    return sum + Buffer.byteLength(name) + size;
  }, 0);
}

/** What DynamoDB bills for writing an item of that size: a unit for each KB that it begins. */
export function writeUnits(bytes: number): number {
  return Math.ceil(bytes / WRITE_UNIT_BYTES);
}
