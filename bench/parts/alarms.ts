import { setTimeout as wait } from "node:timers/promises";
import * as z from "zod";
import type { Bench, Part, Report } from "../part.ts";
import { type Summary, summarize } from "../statistics.ts";
import { type System, startSystem } from "../system.ts";
import { newVisitor, type Visitor } from "../visitor.ts";

type Lane = { readonly name: string; readonly debounceMs: number; readonly document: object };

const lanes: readonly Lane[] = [
  { name: "precise, within a second", debounceMs: 150, document: {} },
  { name: "precise, delayed by SQS", debounceMs: 1_300, document: { post_link_debounce_s: 1.3 } },
  { name: "scheduler", debounceMs: 150, document: { timing: { lane: "scheduler" } } },
];

/** Alarms of different sessions are set so far apart. */
const APART_MS = 100;

const WARM_UPS = 5;

export const alarms: Part = {
  name: "alarms",
  measures: "milliseconds by which alarms are late, in both lanes",
  run: measureLanes,
};

type Late = { readonly lane: string; readonly wake: Summary; readonly note: Summary };

async function measureLanes({ stack, sizes, progress }: Bench): Promise<Report> {
  const late: Late[] = [];
  for (const lane of lanes) {
    progress(`${sizes.alarms} alarms of the lane ${lane.name}`);
    await using system = await startSystem(stack(), lane.document);
    late.push(await measureLane(system, lane, sizes.alarms));
  }
  return {
    tables: [
      {
        title: "Lateness of alarms, ms",
        head: ["lane", "alarms", "wake p50", "p99", "max", "note p50", "p99", "max"],
        rows: late.map(({ lane, wake, note }) => [
          lane,
          wake.samples,
          ...[wake, note].flatMap(({ p50, p99, max }) => [p50, p99, max]),
        ]),
        notes: [
          "wake: from the time for which the alarm was set to the turn that it begins; note: from the session's deadline.",
          "The scheduler lane sets an alarm ten seconds ahead at least, on a whole second. Its stand-in fires on that second:",
          "AWS says up to 60 s later, which nothing here measures.",
        ],
      },
    ],
    budgets: [],
    figures: { schedulerStandInLatenessMs: 0, late },
  };
}

async function measureLane(system: System, { name, debounceMs }: Lane, count: number): Promise<Late> {
  const visitors = Array.from({ length: count }, () => newVisitor(system));
  for (const visitor of visitors) {
    await visitor.push(visitor.batch("before the chat"));
    await system.settle();
    await visitor.noteAfter(visitor.writes);
  }
  await system.settle();
  // The first alarms wait for a relay to start.
  await Promise.all(visitors.slice(0, WARM_UPS).map((visitor) => noteLateness(visitor, debounceMs, 0)));
  await system.settle();
  using wakes = watchWakes(system);
  const notes = await Promise.all(visitors.map((visitor, n) => noteLateness(visitor, debounceMs, n * APART_MS)));
  await system.settle();
  return { lane: name, wake: summarize(wakes.latenessMs), note: summarize(notes) };
}

/** A batch, after a while. @returns by how much its note is later than the session's deadline, ms. */
async function noteLateness(visitor: Visitor, debounceMs: number, waitMs: number): Promise<number> {
  let acceptedAt = 0;
  const notedAt = await visitor.noteAfter(async () => {
    await wait(waitMs);
    acceptedAt = await visitor.push(visitor.batch("an alarm"));
  });
  return notedAt - acceptedAt - debounceMs;
}

const metricLine = z.object({ "wake.late": z.union([z.number(), z.array(z.number())]) });

/**
 * Keeps what the worker says about alarms: the metric on which an operator's dashboard stands. A turn that took longer
 * than the debounce finds its own note due, and sets no alarm.
 */
function watchWakes({ cloud }: System): Disposable & { readonly latenessMs: readonly number[] } {
  const latenessMs: number[] = [];
  const stop = cloud.logs.onLine(({ line }) => {
    if (!line.includes('"wake.late":')) return;
    const read = metricLine.safeParse(JSON.parse(line));
    if (read.success) latenessMs.push(...[read.data["wake.late"]].flat());
  });
  return { latenessMs, [Symbol.dispose]: stop };
}
