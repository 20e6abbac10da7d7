import { spawnSync } from "node:child_process";
import { expect, it } from "vitest";

const run = (...options: readonly string[]) =>
  spawnSync(process.execPath, ["scripts/write-snippet.ts", ...options], { encoding: "utf8" });

it("npm run snippet names a wrong option, says what would be right, and makes nothing", () => {
  const { status, stdout, stderr } = run("--minify");
  expect([status, stdout]).toEqual([2, ""]);
  expect(stderr).toContain("--minify");
  expect(stderr).toContain("Usage: npm run snippet");
});

it("npm run snippet says what it does", () => {
  const { status, stdout, stderr } = run("--help");
  expect([status, stderr]).toEqual([0, ""]);
  expect(stdout).toContain("Usage: npm run snippet");
});
