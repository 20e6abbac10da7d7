import { type Problem, problemAt } from "../activity/problem.ts";
import { type ConfigurationDocument, configurationSchema } from "./configuration.ts";
import { type PlainIssue, plainIssues } from "./plain-issues.ts";

export type DocumentRead =
  | { readonly ok: true; readonly document: ConfigurationDocument }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Reads a product's configuration as an operator wrote it, and tells every problem with its path, quoting no value. */
export function readDocument(value: unknown): DocumentRead {
  const parsed = configurationSchema.safeParse(value);
  if (parsed.success) return { ok: true, document: parsed.data };
  return { ok: false, problems: plainIssues(parsed.error).map(toProblem) };
}

/** A problem with the parser's name for it. */
export type DocumentProblem = Problem & { readonly code: string };

export type UsableRead =
  | {
      readonly ok: true;
      readonly document: ConfigurationDocument;
      /** What is wrong with the entries that were left out. */
      readonly skipped: readonly DocumentProblem[];
    }
  /** What is wrong outside of all lists, or with what is left without their broken entries. */
  | { readonly ok: false; readonly problem: DocumentProblem };

/**
 * Reads as much of a product's configuration as can be used: a broken entry of a list is left out, so that it does not
 * cost the whole document. Whatever else is broken does.
 */
export function readUsable(value: unknown): UsableRead {
  const parsed = configurationSchema.safeParse(value);
  if (parsed.success) return { ok: true, document: parsed.data, skipped: [] };
  const issues = plainIssues(parsed.error);
  const inEntries = issues.filter(({ path }) => entryPath(path) !== undefined);
  const again = configurationSchema.safeParse(without(value, inEntries));
  if (again.success) return { ok: true, document: again.data, skipped: inEntries.map(toDocumentProblem) };
  const [issue = { path: [], code: "invalid", message: "is invalid" }] = plainIssues(again.error);
  return { ok: false, problem: toDocumentProblem(issue) };
}

const toProblem = ({ path, message }: PlainIssue): Problem => problemAt(path, message);

const toDocumentProblem = (issue: PlainIssue): DocumentProblem => ({ ...toProblem(issue), code: issue.code });

/** The way to the entry of a list in which something is wrong: of the outermost list, if there are several. */
function entryPath(path: readonly PropertyKey[]): string | undefined {
  const at = path.findIndex((step) => typeof step === "number");
  return at < 0 ? undefined : JSON.stringify(path.slice(0, at + 1));
}

/** The document without the entries in which something is wrong. */
function without(document: unknown, issues: readonly PlainIssue[]): unknown {
  const broken = new Set(issues.map(({ path }) => entryPath(path)));
  const copy = (value: unknown, path: readonly PropertyKey[]): unknown => {
    if (Array.isArray(value)) return value.filter((_, at) => !broken.has(JSON.stringify([...path, at])));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, copy(inner, [...path, key])]));
  };
  return copy(document, []);
}
