import { type Problem, problemAt } from "../activity/problem.ts";
import { type ConfigurationDocument, configurationSchema } from "./configuration.ts";

export type DocumentRead =
  | { readonly ok: true; readonly document: ConfigurationDocument }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** What a parameter of the advanced tier holds (SSM service quotas). */
const LARGEST_DOCUMENT_BYTES = 8_192;

/** Enough to mend a document by. */
const MOST_PROBLEMS = 20;

/** Reads a product's configuration as an operator wrote it, and tells problems with their paths, quoting no value. */
export function readDocument(value: unknown): DocumentRead {
  if (!fitsParameter(value)) {
    return { ok: false, problems: [problemAt([], "must be at most 8 KB as JSON, and not nested as deeply as this")] };
  }
  const parsed = configurationSchema.safeParse(value);
  if (parsed.success) return { ok: true, document: parsed.data };
  const problems = parsed.error.issues.map(({ path, message }) => problemAt(path, message));
  return { ok: false, problems: problems.slice(0, MOST_PROBLEMS) };
}

/** A document as it is stored. */
export function documentText(document: unknown): string {
  return JSON.stringify(document, undefined, 2);
}

/** Looked at without indentation first: that of a document nested by the thousand is larger than memory. */
function fitsParameter(document: unknown): boolean {
  try {
    return [JSON.stringify, documentText].every(
      (write) => Buffer.byteLength(write(document) ?? "") <= LARGEST_DOCUMENT_BYTES,
    );
  } catch (error) {
    // Nested more deeply than the stack allows.
    if (error instanceof RangeError) return false;
    throw error;
  }
}
