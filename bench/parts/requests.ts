import { COUNTED, type Counted, countFirst, countLinked, countUnlinked } from "../count-batches.ts";
import { watchCustomMetrics } from "../custom-metrics.ts";
import type { Bench, Part, Report } from "../part.ts";
import { type Cost, total } from "../request-counts.ts";
import { startSystem } from "../system.ts";
import type { Table } from "../table.ts";
import { meters, sumOf } from "../usage.ts";

/** A batch that posts nothing: queued, received, loaded, logged, committed, deleted. */
export const MOST_REQUESTS = 6;

/** One for its row, one for the session's item: each below a KB (docs/adr/0017). */
export const MOST_WRITE_UNITS = 2;

/** Each waits for ten seconds at least: one-time schedules are set no nearer. */
const COUNTED_BY_SCHEDULER = 2;

export const requests: Part = {
  name: "requests",
  measures: "AWS requests for a batch, at the beginning and far into one session",
  run: async ({ stack, sizes, progress }: Bench): Promise<Report> => {
    await using system = await startSystem(stack());
    const metrics = watchCustomMetrics(system);
    const unlinked = await countUnlinked(system, sizes.countedAt, progress);
    progress("first batches of sessions");
    const first = await countFirst(system);
    progress("batches of a linked session");
    const { link, withRecord, linked } = await countLinked(system);
    progress("batches of a linked session in the scheduler lane");
    const scheduler = await countSchedulerLane(stack);
    return {
      tables: [requestTable(unlinked, linked), meterTable({ first, link, withRecord, linked, scheduler })],
      budgets: unlinked.flatMap(({ at, cost }) => {
        const batch = `batch ${at.toLocaleString("en-US")}, which posts nothing`;
        return [
          { what: `AWS requests of ${batch}`, limit: MOST_REQUESTS, measured: total(cost.requests) },
          { what: `DynamoDB write units of ${batch}`, limit: MOST_WRITE_UNITS, measured: cost.writeUnits },
        ];
      }),
      figures: { unlinked, linked, first, link, withRecord, scheduler, customMetrics: metrics() },
    };
  },
};

async function countSchedulerLane(stack: Bench["stack"]): Promise<Cost> {
  await using system = await startSystem(stack(), { timing: { lane: "scheduler" } });
  return (await countLinked(system, COUNTED_BY_SCHEDULER)).linked;
}

function meterTable(costs: Readonly<Record<string, Cost>>): Table {
  const each = Object.values(costs).map(({ usage }) => sumOf(usage.edge, usage.behind));
  return {
    title: "What AWS meters",
    head: ["", ...Object.keys(costs)],
    rows: meters.map((meter) => [meter, ...each.map((usage) => usage[meter])]),
    notes: ["first: with its session's registration; link: a user writes; withRecord: sets a timer of record."],
  };
}

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
