import { readFileSync } from "node:fs";
import { createContext, runInContext } from "node:vm";

export const snippet = readFileSync(new URL("../../browser/link-session.js", import.meta.url), "utf8");

/** What the snippet is told; a page may tell it anything. */
export type LinkOptions = Readonly<Record<string, unknown>>;

/** What the snippet needs of a browser. */
export type Browser = {
  readonly fetch: (url: string, init: RequestInit) => Promise<{ readonly status: number }>;
  readonly setTimeout: (callback: () => void, ms: number) => unknown;
};

/** A page that has loaded the snippet as a classic script. No more of a browser is there. */
export function openPage(browser: Partial<Browser>) {
  const page: Record<string, unknown> = { ...browser };
  page.self = page;
  runInContext(snippet, createContext(page));
  return page.throughline as { readonly linkSession: (options?: LinkOptions) => Promise<boolean> };
}
