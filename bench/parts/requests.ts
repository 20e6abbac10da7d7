import { openActivityLog } from "../activity-log.ts";
import type { Bench, Part, Report } from "../part.ts";
import { type Requests, requestsOf, total } from "../request-counts.ts";
import { type System, startSystem } from "../system.ts";
import type { Table } from "../table.ts";
import { newVisitor, type Visitor } from "../visitor.ts";

/** A batch that posts nothing: queued, received, loaded, logged, committed, deleted. */
export const MOST_REQUESTS = 6;

/** Batches that are counted at each place, one at a time; the dearest stands for them. */
const COUNTED = 5;

/** What the edge takes in one body. */
const BATCHES_A_BODY = 100;

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
      budgets: unlinked.map(({ at, requests: counted }) => ({
        what: `AWS requests of batch ${at.toLocaleString("en-US")}, which posts nothing`,
        limit: MOST_REQUESTS,
        measured: total(counted),
      })),
      figures: { unlinked, linked, rowsReadBack: unlinked.at(-1)?.rows ?? 0 },
    };
  },
};

export type Counted = { readonly at: number; readonly requests: Requests; readonly rows: number };

/**
 * Counts the requests of batches of one unlinked session.
 *
 * @param places at which batches of the session, ascending, the first from 3.
 * @throws Error when the log that is read back is not what was sent, all of it and in order.
 */
export async function countUnlinked(
  system: System,
  places: readonly number[],
  progress: (step: string) => void = () => undefined,
): Promise<readonly Counted[]> {
  const visitor = newVisitor(system);
  const counted: Counted[] = [];
  let sent = 0;
  const pushOne = () => visitor.push(visitor.batch(`batch ${++sent}`));
  for (const at of places) {
    progress(`the ${at.toLocaleString("en-US")}th batch of a session`);
    while (sent < at - 2) {
      const count = Math.min(BATCHES_A_BODY, at - 2 - sent);
      await visitor.push(Array.from({ length: count }, () => visitor.batch(`batch ${++sent}`)));
    }
    await system.settle();
    // A session registers with its person at first, and again every five minutes: with this batch, if it is time.
    await requestsOf(system, pushOne);
    const each: Requests[] = [];
    for (let n = 0; n < COUNTED; n += 1) each.push(await requestsOf(system, pushOne));
    const [first = {}, ...others] = each;
    const dearest = others.reduce((most, other) => (total(other) > total(most) ? other : most), first);
    counted.push({ at, requests: dearest, rows: await verifiedRows(system, visitor, sent) });
  }
  return counted;
}

async function verifiedRows(system: System, { sessionId }: Visitor, sent: number): Promise<number> {
  using log = openActivityLog(system);
  const rows = await log.read(sessionId);
  const wrong = rows.findIndex(
    ({ n, actions }, index) => n !== index + 1 || !actions[0]?.description?.startsWith(`batch ${index + 1}:`),
  );
  if (wrong >= 0) throw new Error(`Row ${wrong + 1} of the log is not batch ${wrong + 1}`);
  if (rows.length !== sent) throw new Error(`${sent} batches were sent, ${rows.length} stand in the log`);
  return rows.length;
}

/** What a batch costs whose note is posted, its debounce included. */
async function countLinked(system: System): Promise<Requests> {
  const visitor = newVisitor(system);
  const push = () => visitor.noteAfter(() => visitor.push(visitor.batch("linked")));
  await visitor.push(visitor.batch("before the chat"));
  await system.settle();
  await visitor.noteAfter(visitor.writes);
  // The first alarm has a timer of record set behind it, the next ones for five minutes have not.
  await requestsOf(system, push);
  return requestsOf(system, push);
}

function requestTable(unlinked: readonly Counted[], linked: Requests): Table {
  const columns = [...unlinked.map(({ requests: counted }) => counted), linked];
  const operations = [...new Set(columns.flatMap((column) => Object.keys(column)))];
  return {
    title: "AWS requests for a batch",
    head: ["", ...unlinked.map(({ at }) => `${at.toLocaleString("en-US")}th`), "linked, with its note"],
    rows: [
      ...operations.map((operation) => [operation, ...columns.map((column) => column[operation] ?? 0)]),
      ["in all", ...columns.map(total)],
    ],
    notes: [
      `${(unlinked.at(-1)?.rows ?? 0).toLocaleString("en-US")} rows read back, in order. One batch at a time, so that none shares a request; the dearest of ${COUNTED}.`,
    ],
  };
}
