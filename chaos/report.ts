import { rounded } from "../bench/statistics.ts";
import type { Table } from "../bench/table.ts";
import { type FaultsResult, isGood } from "./faults.ts";
import type { Ending } from "./judge/compare.ts";

const endingTexts: Readonly<Record<Ending, string>> = {
  noted: "in a note of its own conversation",
  kept: "in the activity log of a session without a conversation",
  refused: "refused for good by Intercom (422)",
  deadLettered: "in a dead-letter queue",
  expired: "left the window before the link",
  foreign: "in another's conversation only",
  lost: "LOST",
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
        `${result.batches} batches of ${result.sessions} sessions, ${result.conversations} of which were linked by webhooks; ${result.resent} bodies sent again,`,
        `${result.refusedByEdge} refused by the edge; ${result.notes} notes; ${result.deadLetters} dead letters.`,
        settled
          ? `At rest ${rounded(settledAfterMs / 1_000, 1)} s after the last fault.`
          : `NOT AT REST ${rounded(settledAfterMs / 1_000, 1)} s after the last fault.`,
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
