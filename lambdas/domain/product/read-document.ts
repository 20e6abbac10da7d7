import { type Problem, problemAt } from "../activity/problem.ts";
import { type ConfigurationDocument, configurationSchema } from "./configuration.ts";
import { type PlainIssue, plainIssues } from "./plain-issues.ts";

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
  return { ok: false, problems: plainIssues(parsed.error).map(toProblem).slice(0, MOST_PROBLEMS) };
}

/** A problem with the parser's name for it. */
export type DocumentProblem = Problem & { readonly code: string };

export type UsableRead =
  | {
      readonly ok: true;
      readonly document: ConfigurationDocument;
      /** What is wrong with the parts that were left out. */
      readonly skipped: readonly DocumentProblem[];
      /** The paths of these parts. */
      readonly leftOut: readonly string[];
    }
  /** What is wrong elsewhere, or with what is left without the broken parts. */
  | { readonly ok: false; readonly problem: DocumentProblem };

/**
 * Reads as much of a product's configuration as can be used. What is wrong in an entry of a list costs the entry; what is
 * wrong elsewhere in `integration_config`, which was written for another system, costs that key. Whatever else is broken
 * costs the document.
 */
export function readUsable(value: unknown): UsableRead {
  const parsed = configurationSchema.safeParse(value);
  if (parsed.success) return { ok: true, document: parsed.data, skipped: [], leftOut: [] };
  const issues = plainIssues(parsed.error);
  const broken = new Set(issues.flatMap(({ path }) => partOf(path) ?? []));
  const again = configurationSchema.safeParse(without(value, broken));
  if (again.success) {
    const skipped = issues.filter(({ path }) => broken.has(partOf(path) ?? ""));
    return { ok: true, document: again.data, skipped: skipped.map(toDocumentProblem), leftOut: [...broken] };
  }
  const [issue = { path: [], code: "invalid", message: "is invalid" }] = plainIssues(again.error);
  return { ok: false, problem: toDocumentProblem(issue) };
}

const toProblem = ({ path, message }: PlainIssue): Problem => problemAt(path, message);

const toDocumentProblem = (issue: PlainIssue): DocumentProblem => ({ ...toProblem(issue), code: issue.code });

/** The path of the part that can be left out, if there is one: an entry of the outermost list, or a foreign key. */
function partOf(path: readonly PropertyKey[]): string | undefined {
  const at = path.findIndex((step) => typeof step === "number");
  if (at >= 0) return pathText(path.slice(0, at + 1));
  return path[0] === "integration_config" && path.length > 1 ? pathText(path.slice(0, 2)) : undefined;
}

const pathText = (path: readonly PropertyKey[]): string => problemAt(path, "").path;

/** The document without these parts. */
function without(document: unknown, broken: ReadonlySet<string>): unknown {
  const copy = (value: unknown, path: readonly PropertyKey[]): unknown => {
    const isSound = (key: PropertyKey): boolean => !broken.has(pathText([...path, key]));
    if (Array.isArray(value)) {
      return value.flatMap((inner, at) => (isSound(at) ? [copy(inner, [...path, at])] : []));
    }
    if (typeof value !== "object" || value === null) return value;
    const sound = Object.entries(value).filter(([key]) => isSound(key));
    return Object.fromEntries(sound.map(([key, inner]) => [key, copy(inner, [...path, key])]));
  };
  return copy(document, []);
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
