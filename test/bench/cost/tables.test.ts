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

describe("summaries and answers", () => {
  const column = (name: string, from = basis) => {
    const { head, rows } = costTables(from).language;
    return Object.fromEntries(rows.map(([what, ...cells]) => [what, cells[head.indexOf(name) - 1]]));
  };

  it("a summary is a share of what they add, with the model's price by its tokens", () => {
    expect(column("a summary")).toMatchObject({
      "DynamoDB write units": "4",
      "language-model calls": 1,
      "tokens read": "1,000",
      "tokens written": "100",
      "USD for a thousand: the model": "0.55",
    });
  });

  it("another model's price is reckoned with", () => {
    const assumed = { ...defaults, modelInUsd: 3, modelOutUsd: 15 };
    expect(column("a summary", { ...basis, assumed })).toMatchObject({ "USD for a thousand: the model": "4.50" });
  });

  it("a model that takes its time is paid for by the language worker's", () => {
    const usd = (writerMs: number) =>
      Number(column("a summary", { ...basis, assumed: { ...defaults, writerMs } })["USD for a thousand: AWS"]);
    const secondsMore = 100;
    const more = 1_000 * secondsMore * (counts.idle.functionMb / 1_024) * unitPrice(priceTable, "lambda.gb-second");
    expect(usd(secondsMore * 1_000) - usd(0)).toBeCloseTo(more, 1);
  });

  it("an answer is what it adds to a message, and an alarm that rings in vain", () => {
    expect(column("an answer")).toMatchObject({
      "AWS requests": "7",
      "DynamoDB read units": "1",
      "DynamoDB write units": "5",
      "tokens read": "2,000",
    });
  });
});
