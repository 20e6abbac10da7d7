import * as z from "zod";

export const LONGEST_ID = 256;

/** The id of a session, a user or a conversation, as the edge takes it. Reasons never quote a value. */
export const idText = z
  .string({ error: "must be text" })
  .min(1, "must not be empty")
  .refine((value) => isAtMost(value, LONGEST_ID), `must have at most ${LONGEST_ID} characters`)
  // JSON Schema counts code points, too.
  .meta({ maxLength: LONGEST_ID });

/** Characters are code points, as in the reference. */
export function isAtMost(value: string, limit: number): boolean {
  return value.length <= limit || (value.length <= 2 * limit && [...value].length <= limit);
}
