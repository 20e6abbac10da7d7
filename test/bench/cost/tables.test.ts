import { describe, expect, it } from "vitest";
import { defaults } from "../../../bench/cost/assumptions.ts";
import { priceTable, unitPrice } from "../../../bench/cost/price-table.ts";
import { costTables } from "../../../bench/cost/tables.ts";
import { counts } from "./counts.ts";

const basis = { counts, prices: priceTable, assumed: defaults };

describe("where help is offered", () => {
  it("a million batches of sessions that may be offered something cost more by what was read and told", () => {
    const [, nothing, , thinking] = costTables(basis).offers.rows.at(-1) ?? [];
    const readUnitsMore = 6;
    const more = 1e6 * (readUnitsMore * unitPrice(priceTable, "dynamodb.read") + unitPrice(priceTable, "events.event"));
    expect(Number(thinking)).toBeCloseTo(Number(nothing) + more, 2);
  });
});
