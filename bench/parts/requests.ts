import { COUNTED, type Counted, countLinked, countUnlinked } from "../count-batches.ts";
import type { Bench, Part, Report } from "../part.ts";
import { type Cost, total } from "../request-counts.ts";
import { startSystem } from "../system.ts";
import type { Table } from "../table.ts";

/** A batch that posts nothing: queued, received, loaded, logged, committed, deleted. */
export const MOST_REQUESTS = 6;

export const requests: Part = {
  name: "requests",
  measures: "AWS requests for a batch, at the beginning and far into one session",
  run: async ({ stack, sizes, progress }: Bench): Promise<Report> => {
    await using system = await startSystem(stack());
    const unlinked = await countUnlinked(system, sizes.countedAt, progress);
    progress("batches of a linked session");
    const linked = await countLinked(system);
    return {
      tables: [requestTable(unlinked, linked)],
      budgets: unlinked.map(({ at, cost }) => ({
        what: `AWS requests of batch ${at.toLocaleString("en-US")}, which posts nothing`,
        limit: MOST_REQUESTS,
        measured: total(cost.requests),
      })),
      figures: { unlinked, linked },
    };
  },
};

function requestTable(unlinked: readonly Counted[], linked: Cost): Table {
  const costs = [...unlinked.map(({ cost }) => cost), linked];
  const operations = [...new Set(costs.flatMap((cost) => Object.keys(cost.requests)))];
  const last = unlinked.at(-1);
  return {
    title: "AWS requests for a batch",
    head: ["", ...unlinked.map(({ at }) => `${at.toLocaleString("en-US")}th`), "linked, with its note"],
    rows: [
      ...operations.map((operation) => [operation, ...costs.map((cost) => cost.requests[operation] ?? 0)]),
      ["requests", ...costs.map((cost) => total(cost.requests))],
      ["DynamoDB write units", ...costs.map((cost) => cost.writeUnits)],
      ["session item, bytes", ...costs.map((cost) => cost.itemBytes)],
    ],
    notes: [
      `Batches of three actions, one at a time, so that none shares a request; the dearest of ${COUNTED}. In bodies of a hundred,`,
      `which turns share: ${last?.requestsWhenFilling} requests a batch. ${last?.rows.toLocaleString("en-US")} rows were read back, in order.`,
    ],
  };
}
