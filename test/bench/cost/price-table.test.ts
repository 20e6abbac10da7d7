import { expect, it } from "vitest";
import { priceTable, readPriceTable, unitPrice } from "../../../bench/cost/price-table.ts";

const [first, ...others] = priceTable.prices;

it("tells the price of one unit", () => {
  expect(unitPrice(priceTable, "sqs.fifo")).toBeCloseTo(0.5 / 1_000_000, 12);
  expect(unitPrice(priceTable, "dashboard")).toBe(3);
});

it("does not do without a price, and does not choose between two", () => {
  expect(() => readPriceTable({ ...priceTable, prices: others })).toThrow(`The price ${first?.id} must be there once`);
  expect(() => readPriceTable({ ...priceTable, prices: [first, ...priceTable.prices] })).toThrow("it is there 2 times");
});

it.each([{ usd: 0 }, { usd: "1" }, { by: "somebody" }, { id: "unheard.of" }])("refuses a price with %j", (wrong) => {
  expect(() => readPriceTable({ ...priceTable, prices: [{ ...first, ...wrong }, ...others] })).toThrow();
});

it("names a page for every price that is not unconfirmed", () => {
  const nameless = priceTable.prices.filter(({ by, source }) => by !== "unconfirmed" && source.length < 10);
  expect(nameless).toEqual([]);
  const ours = priceTable.prices.filter(({ by }) => by === "aws" || by === "transcript");
  expect(ours.filter(({ source }) => !source.startsWith("https://aws.amazon.com/"))).toEqual([]);
});
