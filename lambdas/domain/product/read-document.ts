import { type Problem, problemAt } from "../activity/problem.ts";
import { type ConfigurationDocument, configurationSchema } from "./configuration.ts";

export type DocumentRead =
  | { readonly ok: true; readonly document: ConfigurationDocument }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Reads a product's configuration as an operator wrote it, and tells every problem with its path, quoting no value. */
export function readDocument(value: unknown): DocumentRead {
  const parsed = configurationSchema.safeParse(value);
  if (parsed.success) return { ok: true, document: parsed.data };
  return { ok: false, problems: parsed.error.issues.map(({ path, message }) => problemAt(path, message)) };
}
