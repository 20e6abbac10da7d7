import { expect, it } from "vitest";
import { isKept } from "../../bench/part.ts";

it.each([
  [5, true],
  [6, true],
  [7, false],
])("a budget of 6 is kept by %d: %s", (measured, kept) => {
  expect(isKept({ what: "requests", limit: 6, measured })).toBe(kept);
});
