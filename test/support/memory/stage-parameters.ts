import type { StageParameters } from "../../../lambdas/app/operator-ports.ts";

/** Parameters in memory. `written` tells the names in the order in which they were written. */
export function createMemoryStageParameters(
  given: Readonly<Record<string, string>> = {},
): StageParameters & { readonly values: ReadonlyMap<string, string>; readonly written: readonly string[] } {
  const values = new Map(Object.entries(given));
  const written: string[] = [];
  return {
    values,
    written,
    read: async (names) => new Map(names.flatMap((name) => (values.has(name) ? [[name, values.get(name) ?? ""]] : []))),
    existing: async (names) => new Set(names.filter((name) => values.has(name))),
    write: async (name, value) => {
      values.set(name, value);
      written.push(name);
    },
    list: async (path) => [...values.keys()].filter((name) => name.startsWith(`${path}/`)),
    remove: async (name) => void values.delete(name),
  };
}
