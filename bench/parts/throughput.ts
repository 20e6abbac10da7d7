import { openActivityLog } from "../activity-log.ts";
import type { Bench, Part, Report } from "../part.ts";
import { perSecond } from "../statistics.ts";
import { type System, startSystem } from "../system.ts";
import { newVisitor, type Visitor } from "../visitor.ts";

/** Senders at the same time. */
const CONNECTIONS = 8;

export const throughput: Part = {
  name: "throughput",
  measures: "batches a second, accepted and durable, for one session and for many",
  run: measureThroughput,
};

type Rates = {
  readonly sessions: number;
  readonly batches: number;
  readonly accepted: number;
  readonly durable: number;
};

async function measureThroughput({ stack, sizes, progress }: Bench): Promise<Report> {
  const { oneSessionBatches, sessions, batchesOfEachSession } = sizes;
  await using system = await startSystem(stack());
  await drive(system, 1, CONNECTIONS * 4);
  progress(`${oneSessionBatches} batches of one session`);
  const one = await drive(system, 1, oneSessionBatches);
  progress(`${batchesOfEachSession} batches of each of ${sessions} sessions`);
  const many = await drive(system, sessions, batchesOfEachSession);
  return {
    tables: [
      {
        title: "Throughput, batches a second",
        head: ["", "batches", "accepted", "durable"],
        rows: [row("one session", one), row(`${sessions.toLocaleString("en-US")} sessions`, many)],
        notes: [
          `One batch a request, ${CONNECTIONS} senders. Durable: until no message was left; then every row was read back. All of AWS is`,
          "one process here, so that this measures the machine, not the design.",
        ],
      },
    ],
    budgets: [],
    figures: { one, many },
  };
}

const row = (name: string, { batches, accepted, durable }: Rates) => [name, batches, accepted, durable];

/** Pushes from all senders at once, and waits until everything is worked off. @throws Error when a row is missing. */
async function drive(system: System, sessions: number, batchesOfEach: number): Promise<Rates> {
  const visitors = Array.from({ length: sessions }, () => newVisitor(system));
  const batches = sessions * batchesOfEach;
  const beganAt = performance.now();
  let next = 0;
  const sendInTurn = async () => {
    while (next < batches) {
      const n = next++;
      const visitor = visitors[n % sessions] as Visitor;
      await visitor.push(visitor.batch(`batch ${n}`));
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, sendInTurn));
  const acceptedAt = performance.now();
  await system.settle();
  const durableAt = performance.now();
  using log = openActivityLog(system);
  for (const { sessionId } of visitors) {
    const rows = await log.read(sessionId);
    if (rows.length !== batchesOfEach) throw new Error(`A session has ${rows.length} of ${batchesOfEach} rows`);
  }
  return {
    sessions,
    batches,
    accepted: perSecond(batches, acceptedAt - beganAt),
    durable: perSecond(batches, durableAt - beganAt),
  };
}
