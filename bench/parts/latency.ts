import type { Bench, Part, Report } from "../part.ts";
import { type Summary, summarize } from "../statistics.ts";
import { startSystem } from "../system.ts";
import type { Table } from "../table.ts";
import { newVisitor } from "../visitor.ts";

/** The product's default (docs/configuration.md). */
const DEBOUNCE_MS = 150;

/** Notes that come while processes still start are no measure of the others. */
const WARM_UPS = 5;

export const latency: Part = {
  name: "latency",
  measures: "milliseconds from the answer to the note",
  run: measureLatency,
};

async function measureLatency({ stack, sizes, progress }: Bench): Promise<Report> {
  await using system = await startSystem(stack());
  progress(`${sizes.atLinkNotes} visitors write`);
  const atLink: number[] = [];
  let visitor = newVisitor(system);
  for (let n = 0; n < WARM_UPS + sizes.atLinkNotes; n += 1) {
    visitor = newVisitor(system);
    await visitor.push(visitor.batch("before the chat"));
    await system.settle();
    let answeredAt = 0;
    const notedAt = await visitor.noteAfter(async () => {
      answeredAt = await visitor.writes();
    });
    await system.settle();
    if (n >= WARM_UPS) atLink.push(notedAt - answeredAt);
  }

  progress(`${sizes.linkedNotes} batches of a linked session`);
  const linked: number[] = [];
  for (let n = 0; n < WARM_UPS + sizes.linkedNotes; n += 1) {
    let acceptedAt = 0;
    const notedAt = await visitor.noteAfter(async () => {
      acceptedAt = await visitor.push(visitor.batch(`batch ${n}`));
    });
    await system.settle();
    if (n >= WARM_UPS) linked.push(notedAt - acceptedAt - DEBOUNCE_MS);
  }
  const figures = { debounceMs: DEBOUNCE_MS, linked: summarize(linked), atLink: summarize(atLink) };
  return { tables: [latencyTable(figures)], budgets: [], figures };
}

function latencyTable({ linked, atLink }: { readonly linked: Summary; readonly atLink: Summary }): Table {
  const row = (name: string, { samples, p50, p99, max }: Summary) => [name, samples, p50, p99, max];
  return {
    title: "Latency to the note, ms",
    head: ["", "notes", "p50", "p99", "max"],
    rows: [
      row("linked: from a batch's 202, beyond the debounce of 150 ms", linked),
      row("unlinked: from the linking webhook's 200", atLink),
    ],
    notes: ["One visitor at a time; Intercom and AWS answer from this machine, without a network."],
  };
}
