import { rounded } from "../bench/statistics.ts";
import type { Table } from "../bench/table.ts";
import { type FaultsResult, isGood } from "./faults.ts";
import type { Ending } from "./judge/compare.ts";
import type { KneeResult } from "./knee.ts";

/** Also the rows of docs/chaos.md. */
export const endingTexts: Readonly<Record<Ending, string>> = {
  noted: "in a note of its own conversation",
  kept: "in the activity log of a session without a conversation",
  refused: "refused for good by Intercom (422)",
  deadLettered: "in a dead-letter queue",
  expired: "left the window before the link",
  foreign: "in another's conversation only",
  lost: "lost",
};

/** How many of a list are shown. */
const SHOWN = 10;

export function faultsTables(result: FaultsResult): readonly Table[] {
  const { verdict, seconds, ratePerS, seed, trouble, settled, settledAfterMs } = result;
  const { accepted, delivered, endings, lost, doubled, foreign, disordered } = verdict;
  const under = Object.values(trouble).flatMap((counts) => Object.entries(counts));
  return [
    {
      title: `Under faults: ${seconds} s at ${ratePerS} batches a second, seed ${seed}`,
      head: ["", "actions"],
      rows: [
        ["accepted (2xx)", accepted],
        ["delivered", delivered],
        ...Object.entries(endings).map(([ending, count]) => [`  ${endingTexts[ending as Ending]}`, count]),
        ["doubled", doubled.length],
        ["in a foreign conversation", foreign.length],
        ["batches out of order", disordered.length],
      ],
      notes: [
        `${result.batches} batches of ${result.sessions} sessions, ${result.conversations} of whose users wrote; ${result.resent} bodies sent again,`,
        `${result.refusedByEdge} refused by the edge; ${result.notes} notes; ${result.deadLetters} dead letters.`,
        `${settled ? "At rest" : "NOT AT REST"} ${rounded(settledAfterMs / 1_000, 1)} s after the last fault.`,
        ...named("LOST", lost),
        ...named("DOUBLED", doubled),
        ...named("FOREIGN", foreign),
        ...named("OUT OF ORDER", disordered),
        isGood(result) ? "Everything that was accepted is where the rules want it." : "THE PROMISE IS BROKEN.",
      ],
    },
    { title: "What went wrong meanwhile", head: ["", "times"], rows: under.map(([what, times]) => [what, times]) },
  ];
}

function named(what: string, actions: readonly string[]): readonly string[] {
  if (actions.length === 0) return [];
  const more = actions.length > SHOWN ? [`  and ${actions.length - SHOWN} more`] : [];
  return [`${what}:`, ...actions.slice(0, SHOWN).map((action) => `  ${action}`), ...more];
}

const percent = (share: number): number => Math.round(share * 100);

export function kneeTable({ steps, debounceMs, keptUpAt, kneeAt, limits }: KneeResult): Table {
  return {
    title: `The knee: ms from acceptance to the note, beyond the debounce of ${debounceMs} ms`,
    head: [
      "batches/s",
      "notes of",
      "p50",
      "p99",
      "sent late p99",
      "sender+AWS %",
      "functions %",
      "others %",
      "idle %",
      "at ceiling %",
      "backlog",
    ],
    rows: steps.map(({ ratePerS, latency, late, load }) => [
      ratePerS,
      latency.samples,
      latency.p50,
      latency.p99,
      late.p99,
      percent(load.own),
      percent(Object.values(load.functions).reduce((sum, used) => sum + used, 0)),
      percent(load.others),
      percent(load.idleShare),
      percent(load.ceilings["actor-worker"] ?? 0),
      load.backlog,
    ]),
    notes: [
      "100 % is one processor, but of idle: that is of all. At ceiling: how much of the time the worker's event source had all",
      "the invocations that it may have. Backlog: messages ready and not taken, at most.",
      kneeAt === undefined
        ? "The debounce was not left behind."
        : `Half of the notes wait longer than the debounce at ${kneeAt} batches a second; ${keptUpAt === undefined ? "no lower rate was tried" : `at ${keptUpAt} they did not`}.`,
      ...(kneeAt === undefined
        ? []
        : limits.length > 0
          ? limits.map((limit) => `Used up: ${limit}.`)
          : ["Used up: nothing of what was measured."]),
    ],
  };
}
