import { expect, it } from "vitest";
import { itemBytes, writeUnits } from "../../bench/item-bytes.ts";

it("counts names and texts in bytes, and two digits of a number to a byte and one more", () => {
  expect(itemBytes({ name: { S: "Zoë" } })).toBe(4 + 4);
  expect(itemBytes({ at: { N: "1700000000123" } })).toBe(2 + 8);
  expect(itemBytes({ name: { S: "Zoë" }, at: { N: "-5" } })).toBe(8 + 2 + 2);
});

it("counts bytes as they are, not in base64", () => {
  expect(itemBytes({ rows: { B: Buffer.alloc(30).toString("base64") } })).toBe(4 + 30);
});

it("does not guess the size of what this system never writes", () => {
  expect(() => itemBytes({ list: { L: [] } })).toThrow();
});

it.each([
  [1, 1],
  [1_024, 1],
  [1_025, 2],
])("bills %d bytes as %d units", (bytes, units) => {
  expect(writeUnits(bytes)).toBe(units);
});
