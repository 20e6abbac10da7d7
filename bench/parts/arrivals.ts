import { type Pattern, type Played, playPattern } from "../arrivals/play-pattern.ts";
import type { Part, Report } from "../part.ts";
import { rounded } from "../statistics.ts";
import type { Table } from "../table.ts";

const intervalsMs = [20, 100, 400, 1_000, 5_000];
const answersMs = [50, 300, 1_000];

const patterns: readonly Pattern[] = intervalsMs.flatMap((everyMs) =>
  answersMs.map((answerMs) => ({ actions: 100, everyMs, answerMs, failedCall: 0 })),
);

/** Undefined where it was not measured. */
type Reference = { readonly calls?: number; readonly longestWaitS?: number; readonly lost: number };

/** What the process that Throughline replaces did, measured on a machine of this kind with the same arrivals. */
const references: readonly { readonly pattern: Pattern; readonly reference: Reference }[] = [
  {
    pattern: { actions: 40, everyMs: 20, answerMs: 100, failedCall: 0 },
    reference: { calls: 1, longestWaitS: 1.05, lost: 0 },
  },
  {
    pattern: { actions: 100, everyMs: 100, answerMs: 100, failedCall: 0 },
    reference: { calls: 1, longestWaitS: 10.2, lost: 0 },
  },
  { pattern: { actions: 30, everyMs: 400, answerMs: 300, failedCall: 0 }, reference: { lost: 29 } },
  { pattern: { actions: 60, everyMs: 300, answerMs: 100, failedCall: 10 }, reference: { lost: 9 } },
];

export const arrivals: Part = {
  name: "arrivals",
  measures: "Intercom calls, lost actions and waits, by how users act and how fast Intercom is",
  run: playAll,
};

async function playAll(): Promise<Report> {
  const played: Played[] = [];
  for (const pattern of patterns) played.push(await playPattern(pattern));
  const compared = [];
  for (const { pattern, reference } of references) compared.push({ ours: await playPattern(pattern), reference });
  const all = [...played, ...compared.map(({ ours }) => ours)];
  const sum = (count: (one: Played) => number) => all.reduce((total, one) => total + count(one), 0);
  return {
    tables: [arrivalTable(played), referenceTable(compared)],
    budgets: [
      { what: `actions lost in ${all.length} patterns`, limit: 0, measured: sum(({ lost }) => lost) },
      { what: `actions doubled in ${all.length} patterns`, limit: 0, measured: sum(({ doubled }) => doubled) },
    ],
    figures: { played, compared },
  };
}

function arrivalTable(played: readonly Played[]): Table {
  return {
    title: "100 actions of a linked session: Intercom calls, and the longest wait of an action",
    head: ["one action every", ...answersMs.flatMap((ms) => [`calls at ${ms} ms`, "wait, s", "lost"])],
    rows: intervalsMs.map((everyMs) => [
      `${everyMs.toLocaleString("en-US")} ms`,
      ...played
        .filter((one) => one.everyMs === everyMs)
        .flatMap(({ calls, longestWaitMs, lost }) => [calls, seconds(longestWaitMs), lost]),
    ]),
    notes: ["The shipped turn in virtual time: Intercom takes so many ms for an answer, AWS takes none."],
  };
}

function referenceTable(compared: readonly { readonly ours: Played; readonly reference: Reference }[]): Table {
  const unknown = "–";
  return {
    title: "The same, beside the reference: the process that Throughline replaces",
    head: ["", "calls", "reference", "wait, s", "reference", "lost", "reference"],
    rows: compared.map(({ ours, reference }) => [
      `${ours.actions} at ${ours.everyMs} ms, Intercom ${ours.answerMs} ms${ours.failedCall > 0 ? `, every ${ours.failedCall}th call fails` : ""}`,
      ours.calls,
      reference.calls ?? unknown,
      seconds(ours.longestWaitMs),
      reference.longestWaitS ?? unknown,
      ours.lost,
      reference.lost,
    ]),
  };
}

const seconds = (ms: number): string => rounded(ms / 1_000, 2).toFixed(2);
