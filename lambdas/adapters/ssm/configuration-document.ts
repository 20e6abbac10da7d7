import { configurationSchema, type ProductConfiguration, toConfiguration } from "../../domain/product/configuration.ts";

/** Where a document is wrong and how, in zod's terms. Never what stands there: it may be a secret in the wrong place. */
export type Problem = { readonly path: string; readonly code: string };

function parseJson(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

export type ReadConfiguration = {
  readonly configuration: ProductConfiguration;
  /** Broken entries of lists, which are left out: one of them must not cost the whole document. */
  readonly skipped: readonly Problem[];
};

/** Reads a product's configuration; `undefined` as text stands for a parameter that does not exist. */
export function readConfiguration(text: string | undefined): ReadConfiguration | Problem {
  if (text === undefined) return { path: "", code: "missing" };
  const json = parseJson(text);
  if (!json) return { path: "", code: "not_json" };
  const { error } = configurationSchema.safeParse(json.value);
  const issues = error?.issues ?? [];
  const entries = issues.filter(({ path }) => typeof path[1] === "number");
  const parsed = configurationSchema.safeParse(entries.length > 0 ? without(json.value, entries) : json.value);
  if (parsed.success) return { configuration: toConfiguration(parsed.data), skipped: entries.map(toProblem) };
  const [issue] = parsed.error.issues;
  return issue ? toProblem(issue) : { path: "", code: "invalid" };
}

type Issue = { readonly path: readonly PropertyKey[]; readonly code: string };

const toProblem = ({ path, code }: Issue): Problem => ({ path: path.join("."), code });

/** The document without these entries of its lists. */
function without(document: unknown, entries: readonly Issue[]): object {
  const broken = new Set(entries.map(({ path: [list, at] }) => `${String(list)}.${String(at)}`));
  return Object.fromEntries(
    Object.entries(document as object).map(([key, value]) => [
      key,
      Array.isArray(value) ? value.filter((_, at) => !broken.has(`${key}.${at}`)) : value,
    ]),
  );
}

export function isProblem(read: ReadConfiguration | Problem): read is Problem {
  return "code" in read;
}

/** Every default, for a function that takes nothing from the configuration; the admin's id has none and is no admin's. */
export function defaultConfiguration(): ProductConfiguration {
  return toConfiguration(configurationSchema.parse({ intercom: { admin_id: "0" } }));
}
