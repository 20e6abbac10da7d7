import { openActivityLog } from "./activity-log.ts";
import { type Cost, costOf, total } from "./request-counts.ts";
import { rounded } from "./statistics.ts";
import type { System } from "./system.ts";
import { newVisitor, type Visitor } from "./visitor.ts";

/** Batches that are counted at each place, one at a time; the dearest stands for them. */
export const COUNTED = 5;

/** What the edge takes in one body. */
const BATCHES_A_BODY = 100;

export type Counted = {
  /** The first of the batches that were counted. */
  readonly at: number;
  readonly cost: Cost;
  /** Requests for each of the batches that came before it, up to a hundred in a body; 0 when there were none. */
  readonly requestsWhenFilling: number;
  /** Rows that stand in the log after it. */
  readonly rows: number;
};

/**
 * Counts what batches of one session cost that has no conversation.
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
  const fillUpTo = async (last: number) => {
    while (sent < last) {
      const count = Math.min(BATCHES_A_BODY, last - sent);
      await visitor.push(Array.from({ length: count }, () => visitor.batch(`batch ${++sent}`)));
    }
  };
  for (const at of places) {
    progress(`the ${at.toLocaleString("en-US")}th batch of a session`);
    const before = sent;
    const filling = await costOf(system, () => fillUpTo(at - 2));
    const requestsWhenFilling = sent > before ? rounded(total(filling.requests) / (sent - before), 1) : 0;
    // A session registers with its person at first, and again every five minutes: with this batch, if it is time.
    await costOf(system, pushOne);
    const each: Cost[] = [];
    for (let n = 0; n < COUNTED; n += 1) each.push(await costOf(system, pushOne));
    counted.push({ at, cost: dearest(each), requestsWhenFilling, rows: await verifiedRows(system, visitor, sent) });
  }
  return counted;
}

/** What the first batch of a session costs, with which it tells its person that it exists. */
export async function countFirst(system: System): Promise<Cost> {
  const each: Cost[] = [];
  for (let n = 0; n < COUNTED; n += 1) {
    const visitor = newVisitor(system);
    each.push(await costOf(system, () => visitor.push(visitor.batch("the first"))));
  }
  return dearest(each);
}

export type CountedLinked = {
  /** A user writes: the webhook, the link, and the note of what they did before. */
  readonly link: Cost;
  /** The first batch after it, whose alarm sets a timer of record behind it (in the precise lane). */
  readonly withRecord: Cost;
  /** The batches after that, each up to its own note. */
  readonly linked: Cost;
};

/** What a session costs that has a conversation. @param batches how many are counted. */
export async function countLinked(system: System, batches = COUNTED): Promise<CountedLinked> {
  const visitor = newVisitor(system);
  const pushOne = () => visitor.noteAfter(() => visitor.push(visitor.batch("linked")));
  await visitor.push(visitor.batch("before the chat"));
  await system.settle();
  const link = await costOf(system, () => visitor.noteAfter(visitor.writes));
  const withRecord = await costOf(system, pushOne);
  const each: Cost[] = [];
  for (let n = 0; n < batches; n += 1) each.push(await costOf(system, pushOne));
  return { link, withRecord, linked: dearest(each) };
}

/** @throws Error without costs. */
export function dearest([first, ...others]: readonly Cost[]): Cost {
  if (!first) throw new Error("Nothing was counted");
  return others.reduce((most, other) => (total(other.requests) > total(most.requests) ? other : most), first);
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
