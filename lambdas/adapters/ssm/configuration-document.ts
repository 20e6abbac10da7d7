import { configurationSchema, type ProductConfiguration, toConfiguration } from "../../domain/product/configuration.ts";
import { type DocumentProblem, readUsable } from "../../domain/product/read-document.ts";

function parseJson(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

export type ReadConfiguration = {
  readonly configuration: ProductConfiguration;
  /** What is wrong with the entries of lists that are left out: one of them must not cost the whole document. */
  readonly skipped: readonly DocumentProblem[];
};

/**
 * Reads a product's configuration; `undefined` as text stands for a parameter that does not exist. Problems say where
 * and what, never what stands there: it may be a secret in the wrong place.
 */
export function readConfiguration(text: string | undefined): ReadConfiguration | DocumentProblem {
  if (text === undefined) return { path: "config", code: "missing", reason: "is missing" };
  const json = parseJson(text);
  if (!json) return { path: "config", code: "not_json", reason: "is not JSON" };
  const read = readUsable(json.value);
  return read.ok ? { configuration: toConfiguration(read.document), skipped: read.skipped } : read.problem;
}

export function isProblem(read: ReadConfiguration | DocumentProblem): read is DocumentProblem {
  return "code" in read;
}

/** Every default, for a function that takes nothing from the configuration; the admin's id has none and is no admin's. */
export function defaultConfiguration(): ProductConfiguration {
  return toConfiguration(configurationSchema.parse({ intercom: { admin_id: "0" } }));
}
