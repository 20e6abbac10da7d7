import * as z from "zod";
import { plainIssues } from "./plain-issues.ts";

/**
 * Checked by a schema and kept as written: a document is shown to its operator, and written back, as they wrote it. What
 * it means is parsed where it is used; an editor is told its shape by document-schema.ts.
 */
export function asWritten(schema: z.ZodType): z.ZodType<unknown> {
  return z.unknown().superRefine((value, context) => {
    const { error } = schema.safeParse(value);
    for (const { path, message } of error ? plainIssues(error) : []) {
      context.addIssue({ code: "custom", path: [...path], message });
    }
  });
}
