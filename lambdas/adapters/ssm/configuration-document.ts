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

/** Reads a product's configuration; `undefined` as text stands for a parameter that does not exist. */
export function readConfiguration(text: string | undefined): ProductConfiguration | Problem {
  if (text === undefined) return { path: "", code: "missing" };
  const json = parseJson(text);
  if (!json) return { path: "", code: "not_json" };
  const parsed = configurationSchema.safeParse(json.value);
  if (parsed.success) return toConfiguration(parsed.data);
  const [issue] = parsed.error.issues;
  return { path: issue?.path.join(".") ?? "", code: issue?.code ?? "invalid" };
}

export function isProblem(read: ProductConfiguration | Problem): read is Problem {
  return "code" in read;
}

/** Every default, for a function that takes nothing from the configuration; the admin's id has none and is no admin's. */
export function defaultConfiguration(): ProductConfiguration {
  return toConfiguration(configurationSchema.parse({ intercom: { admin_id: "0" } }));
}
