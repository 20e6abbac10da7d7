import type { circumstances } from "../bench/machine.ts";
import { rounded } from "../bench/statistics.ts";
import type { Table } from "../bench/table.ts";
import { type FaultsResult, isGood } from "./faults.ts";
import type { Ending } from "./judge/compare.ts";
import type { KneeResult } from "./knee.ts";

const endingTexts: Readonly<Record<Ending, string>> = {
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

export function machineTable({ date, commit, machine }: ReturnType<typeof circumstances>): Table {
  const { cpu, cores, memoryMb, platform, node } = machine;
  return {
    title: "Where",
    head: ["", "of the last run"],
    rows: [
      ["date", date.slice(0, 10)],
      ["commit", commit.slice(0, 7)],
      ["processors", `${cores} x ${cpu}`],
      ["memory", `${Math.round(memoryMb / 1_024)} GB`],
      ["platform", `${platform}, Node ${node}`],
    ],
  };
}

export function faultsTable(result: FaultsResult): Table {
  const { verdict, seconds, ratePerS, seed, settled, settledAfterMs } = result;
  const { accepted, delivered, endings, lost, doubled, foreign, disordered } = verdict;
  return {
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
  };
}

function named(what: string, actions: readonly string[]): readonly string[] {
  if (actions.length === 0) return [];
  const more = actions.length > SHOWN ? [`  and ${actions.length - SHOWN} more`] : [];
  return [`${what}:`, ...actions.slice(0, SHOWN).map((action) => `  ${action}`), ...more];
}

export function troubleTable({ trouble }: FaultsResult): Table {
  const { crashes, aws, intercom } = trouble;
  const rows = (who: string, counts: Readonly<Record<string, number>>) =>
    Object.entries(counts)
      .toSorted(([one], [other]) => one.localeCompare(other))
      .map(([what, times]) => [`${who}: ${what}`, times]);
  return {
    title: "What went wrong meanwhile",
    head: ["", "times"],
    rows: [...rows("processes", crashes), ...rows("AWS requests", aws), ...rows("Intercom", intercom)],
  };
}

const percent = (share: number): number => Math.round(share * 100);

export function kneeTable({ steps, debounceMs }: KneeResult): Table {
  return {
    title: `The knee: ms from acceptance to the note, beyond the debounce of ${debounceMs} ms`,
    head: [
      "batches/s",
      "noted",
      "p50",
      "p99",
      "late p99",
      "AWS %",
      "waits %",
      "functions %",
      "others %",
      "idle %",
      "full %",
      "ready",
      "dynamodb ms",
      "sqs ms",
    ],
    rows: steps.map(({ ratePerS, latency, late, load }) => [
      ratePerS,
      latency.samples,
      latency.p50,
      latency.p99,
      late.p99,
      percent(load.own),
      percent(load.ownWaitShare),
      percent(Object.values(load.functions).reduce((sum, used) => sum + used, 0)),
      percent(load.others),
      percent(load.idleShare),
      percent(load.ceilings["actor-worker"] ?? 0),
      load.backlog,
      load.emulators.dynamodb?.meanMs ?? 0,
      load.emulators.sqs?.meanMs ?? 0,
    ]),
    notes: [
      "noted: batches whose way to a note was measured. late: ms by which batches were sent after their time. AWS: processor use of",
      "the process that plays AWS and Intercom and sends; waits: how much of the time it was ready to run and had no processor.",
      "100 % is one processor, but of idle: that is of all. full: time in which the worker's event source had all the invocations",
      "that it may have. ready: messages that nobody had taken, at most. dynamodb, sqs: mean time of an emulator for a request.",
    ],
  };
}

export function limitTable({ debounceMs, keptUpAt, kneeAt, limits }: KneeResult): Table {
  return {
    title: "The knee",
    head: ["", ""],
    rows: [
      [`half of the batches noted within ${debounceMs} ms beyond the debounce, at`, rateText(keptUpAt)],
      ["no longer at", rateText(kneeAt)],
      ...(limits.length > 0
        ? limits.map((limit) => ["used up there", limit])
        : [["used up there", "nothing of what was measured"]]),
    ],
  };
}

function rateText(ratePerS: number | undefined): string {
  return ratePerS === undefined ? "no rate that was tried" : `${ratePerS} batches a second`;
}
