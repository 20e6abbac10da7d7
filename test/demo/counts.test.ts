import { expect, it } from "vitest";
import { countsSince, total, totals } from "../../local/demo/counts.ts";

const before = [
  { operation: "reply", ending: 200, requests: 2 },
  { operation: "read", ending: 200, requests: 1 },
];

it("between two readings, only what grew has been counted, by as much as it grew", () => {
  const after = [
    { operation: "reply", ending: 200, requests: 5 },
    { operation: "read", ending: 200, requests: 1 },
    { operation: "reply", ending: 503, requests: 1 },
  ];

  expect(countsSince(before, after, ["operation", "ending"])).toEqual([
    { operation: "reply", ending: 200, requests: 3 },
    { operation: "reply", ending: 503, requests: 1 },
  ]);
});

it("sums by name, the largest first", () => {
  const counts = [...before, { operation: "read", ending: 503, requests: 4 }];

  expect(total(counts)).toBe(7);
  expect(totals(counts, ({ operation }) => operation)).toEqual([
    ["read", 5],
    ["reply", 2],
  ]);
});
