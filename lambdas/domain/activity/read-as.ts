import type * as z from "zod";
import { type Problem, problemAt } from "./problem.ts";

/** What a body says, or what is wrong with it. */
export type Read<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Reads a body as a schema has it; the messages of its issues are the reasons. */
export function readAs<Value>(schema: z.ZodType<Value>, body: unknown): Read<Value> {
  const parsed = schema.safeParse(body);
  if (parsed.success) return { ok: true, value: parsed.data };
  return { ok: false, problems: parsed.error.issues.map(({ path, message }) => problemAt(path, message)) };
}
