import { globSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { play } from "./play.ts";
import type { Scenario } from "./scenario.ts";

const files = globSync(fileURLToPath(new URL("regressions/*.json", import.meta.url))).sort();
const scenarios = files.map((file) => {
  const scenario: Scenario = JSON.parse(readFileSync(file, "utf8"));
  return [basename(file, ".json").replaceAll("-", " "), scenario] as const;
});

describe("what once went wrong", () => {
  it.each(scenarios)("%s", async (_, scenario) => {
    expect((await play(scenario)).broken).toBeUndefined();
  });
});
