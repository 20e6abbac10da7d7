import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { isGood } from "../../chaos/faults.ts";
import results from "../../chaos/results.json" with { type: "json" };
import { type Results, withResults } from "../../chaos/written.ts";

const kept: Results = results;

describe("the page about chaos", () => {
  it("says what the last whole run found", () => {
    const page = readFileSync("docs/chaos.md", "utf8");

    expect(withResults(page, kept)).toBe(page);
  });

  it("tells of a run that kept the promise, and in which something went wrong", () => {
    const { faults } = kept;

    expect(isGood(faults)).toBe(true);
    expect(faults.verdict.accepted).toBeGreaterThan(1_000);
    for (const counts of Object.values(faults.trouble)) expect(Object.values(counts)).not.toEqual([]);
  });
});
