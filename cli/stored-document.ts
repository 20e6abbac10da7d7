import type { Problem } from "../lambdas/domain/activity/problem.ts";
import type { ConfigurationDocument } from "../lambdas/domain/product/configuration.ts";
import { readDocument, readUsable } from "../lambdas/domain/product/read-document.ts";
import { documentWarnings } from "./document-warnings.ts";
import { unknownKeys } from "./unknown-keys.ts";

export type StoredDocument = {
  /** With its defaults; undefined when there is a problem. */
  readonly document: ConfigurationDocument | undefined;
  readonly problems: readonly Problem[];
  readonly warnings: readonly Problem[];
  /** Where a broken part does not keep the functions from using the rest. */
  readonly leftOut: readonly string[];
};

/** Judges a configuration as text: a file's, or what stands in SSM. @param text undefined: there is none. */
export function readStoredDocument(text: string | undefined): StoredDocument {
  if (text === undefined) return broken("is missing");
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return broken("is not JSON");
  }
  const read = readDocument(value);
  const usable = readUsable(value);
  return {
    document: read.ok ? read.document : undefined,
    problems: read.ok ? [] : read.problems,
    warnings: [...unknownKeys(value), ...(read.ok ? documentWarnings(read.document) : [])],
    leftOut: usable.ok ? usable.leftOut : [],
  };
}

const broken = (reason: string): StoredDocument => ({
  document: undefined,
  problems: [{ path: "config", reason }],
  warnings: [],
  leftOut: [],
});
