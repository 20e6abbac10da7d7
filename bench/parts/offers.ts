import { watchCustomMetrics } from "../custom-metrics.ts";
import {
  cooledProduct,
  countCooldown,
  countedProduct,
  countOffers,
  countSilent,
  silentProduct,
} from "../offers/count-offers.ts";
import type { Bench, Part, Report } from "../part.ts";
import { type Cost, total } from "../request-counts.ts";
import { startSystem } from "../system.ts";
import { sumOf } from "../usage.ts";
import { MOST_REQUESTS } from "./requests.ts";

/** Its log is read, and that it was looked at is told. */
export const MOST_REQUESTS_MORE = 2;

/** The session's item: the log is not read for a session that may not be offered anything. */
export const MOST_READS = 1;

export const offers: Part = {
  name: "offers",
  measures: "AWS requests for a batch, by what its session may be offered",
  run: async ({ stack, progress }: Bench): Promise<Report> => {
    await using system = await startSystem(stack(), countedProduct);
    const metrics = watchCustomMetrics(system);
    await using cooled = await startSystem(stack(), cooledProduct);
    await using plain = await startSystem(stack(), silentProduct);
    // An offer is ignored for ten seconds. Each system counts its own requests.
    const [{ thinking, offer, ...silent }, cooldown, nothing] = await Promise.all([
      countOffers(system, progress),
      countCooldown(cooled),
      countSilent(plain),
    ]);
    const quiet = { nothing, ...silent, cooldown };
    const costs: readonly Named[] = [
      ...Object.entries(quiet).map(([name, cost]) => ({ name, cost })),
      { name: "may be offered", cost: thinking },
      { name: "is offered", cost: offer },
    ];
    return {
      tables: [offerTable(costs)],
      budgets: [
        ...Object.entries(quiet).flatMap(([name, cost]) => [
          {
            what: `AWS requests of a batch that can bring no offer (${name})`,
            limit: MOST_REQUESTS,
            measured: total(cost.requests),
          },
          { what: `DynamoDB reads of it (${name})`, limit: MOST_READS, measured: readsOf(cost) },
        ]),
        {
          what: "AWS requests of a batch whose session may be offered something",
          limit: MOST_REQUESTS + MOST_REQUESTS_MORE,
          measured: total(thinking.requests),
        },
        {
          what: "DynamoDB reads of it",
          limit: MOST_READS + 1,
          measured: readsOf(thinking),
        },
      ],
      figures: { ...quiet, thinking, offer, customMetrics: metrics() },
    };
  },
};

type Named = { readonly name: string; readonly cost: Cost };

/** Requests that read, whatever was found. */
export function readsOf({ requests }: Cost): number {
  return ["GetItem", "Query"].reduce((sum, operation) => sum + (requests[`dynamodb ${operation}`] ?? 0), 0);
}

function offerTable(costs: readonly Named[]) {
  const operations = [...new Set(costs.flatMap(({ cost }) => Object.keys(cost.requests)))];
  const used = costs.map(({ cost: { usage } }) => sumOf(usage.edge, usage.behind));
  return {
    title: "AWS requests for a batch of a product that offers help",
    head: ["", ...costs.map(({ name }) => name)],
    rows: [
      ...operations.map((operation) => [operation, ...costs.map(({ cost }) => cost.requests[operation] ?? 0)]),
      ["requests", ...costs.map(({ cost }) => total(cost.requests))],
      ["DynamoDB reads", ...costs.map(({ cost }) => readsOf(cost))],
      ["DynamoDB read units", ...used.map((usage) => usage["dynamodb.read"])],
      ["DynamoDB write units", ...costs.map(({ cost }) => cost.writeUnits)],
      ["session item, bytes", ...costs.map(({ cost }) => cost.itemBytes)],
      ["bytes logged by functions", ...used.map((usage) => usage["logs.written"])],
    ],
    notes: [
      "Batches of three actions, one at a time, without their notes, after fifty others. nothing: the product offers",
      "nothing; answering: the user has written; assisting: an offer waits for its user; cooldown: one was ignored.",
      "is offered: until the offer stands in the chat.",
    ],
  };
}
