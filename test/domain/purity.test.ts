import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

/** Lint denies globals by name; these hide in ones that the domain may use. */
const impure = /\bDate\.now\b|\bMath\.random\b|\bnew Date\(\)|\bDate\(\)/;

const sources = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => join(folder, name));

describe("the pure core", () => {
  it.each(["lambdas/domain", "lambdas/app"])("given %s, then it reads no clock and draws no chance", (folder) => {
    const files = sources(folder);
    expect(files.length).toBeGreaterThan(10);
    expect(files.filter((file) => impure.test(readFileSync(file, "utf8")))).toEqual([]);
  });

  it("given code that does, then the rule sees it", () => {
    expect(["const now = Date.now();", "new Date()", "Math.random()"].every((code) => impure.test(code))).toBe(true);
    expect(impure.test("new Date(second).toISOString()")).toBe(false);
  });
});
