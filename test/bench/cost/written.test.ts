import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { committedBasis, writtenFiles } from "../../../bench/cost/written.ts";
import results from "../../../bench/results.json" with { type: "json" };

it.each([...writtenFiles(committedBasis())])(
  "%s is what npm run cost writes from what was counted",
  (file, content) => {
    expect(readFileSync(file, "utf8")).toBe(content);
  },
);

it("what was counted is of a whole run that kept its budgets", () => {
  expect(results.quick).toBe(false);
  expect(results.budgets.filter(({ limit, measured }) => measured > limit)).toEqual([]);
});
