import { expect, it } from "vitest";
import { tableLines } from "../../bench/table.ts";

it("a table's names stand on the left and its figures on the right, thousands apart", () => {
  const table = {
    title: "Requests",
    head: ["", "made", "limit"],
    rows: [
      ["one", 9, 10],
      ["another", 12_345, "none"],
    ],
    notes: ["Counted."],
  };
  expect(tableLines(table)).toEqual([
    "Requests",
    "",
    "             made  limit",
    "  ───────  ──────  ─────",
    "  one           9     10",
    "  another  12,345   none",
    "  Counted.",
    "",
  ]);
});
