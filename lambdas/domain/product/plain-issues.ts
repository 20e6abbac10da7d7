import type * as z from "zod";

/** One thing that is wrong in a value, where, and how. The message quotes no value. */
export type PlainIssue = { readonly path: readonly PropertyKey[]; readonly code: string; readonly message: string };

/**
 * The issues of a parse. Where a value may be one of several shapes, they are those of the shape that it was meant to
 * have: the one that does not refuse it as a whole.
 */
export function plainIssues(error: z.ZodError): readonly PlainIssue[] {
  return error.issues.flatMap(plain);
}

function plain(issue: z.core.$ZodIssue): readonly PlainIssue[] {
  if (issue.code !== "invalid_union") return [issue];
  const meant = issue.errors.find((issues) => !issues.some(({ path }) => path.length === 0));
  return meant?.flatMap((inner) => plain({ ...inner, path: [...issue.path, ...inner.path] })) ?? [issue];
}
