import type { Count } from "../fake-intercom/journal.ts";
import type { CallCount } from "../gateway.ts";
import type { ContextKept } from "./context-kept.ts";
import { total, totals } from "./counts.ts";
import type { Ledger } from "./ledger.ts";
import type { OfferCounts } from "./watch-offers.ts";
import { endingText } from "./watch-trouble.ts";

export type Outcome = {
  readonly batches: number;
  /** Undefined when nobody could look into the conversation. */
  readonly conversation:
    | {
        readonly ledger: Ledger;
        readonly kept: ContextKept;
        readonly offers: OfferCounts;
        /** Undefined when users are not answered. */
        readonly answers: number | undefined;
        readonly calls: readonly Count[];
      }
    | undefined;
  readonly actions: number;
  readonly awsCalls: readonly CallCount[];
  /** Who asks AWS on behalf of AWS: event sources that poll, and the scheduler. The rest are the functions. */
  readonly feederIds: ReadonlySet<string>;
  /** Actions that sessions gave up, by their own account. */
  readonly givenUp: number;
  readonly deadLetters: number;
  /** Whether everything had come to an end when it was counted. */
  readonly settled: boolean;
};

/** Every action stood in one note, once and in order, none was ever without a note or a summary, and nothing is left over. */
export function isGood({ conversation, deadLetters, settled }: Outcome): boolean {
  if (!settled || deadLetters > 0) return false;
  if (!conversation) return true;
  const { ledger, kept } = conversation;
  return ledger.lost.length === 0 && ledger.doubled.length === 0 && ledger.inOrder && kept.gaps === 0;
}

/** What came of the story, for people. */
export function outcomeLines(outcome: Outcome): readonly string[] {
  const { batches, actions, conversation, awsCalls, feederIds } = outcome;
  const own = awsCalls.filter(({ caller }) => !feederIds.has(caller));
  const others = awsCalls.filter(({ caller }) => feederIds.has(caller));
  return [
    row("actions in", `${actions}, in ${batches} batches`),
    ...(conversation
      ? conversationRows(conversation)
      : [row("notes", "not checked: this Intercom is not ours to look into")]),
    row(
      "AWS requests",
      `${total(own)} by the functions, ${(total(own) / batches).toFixed(1)} a batch: ${list(own, ({ service }) => service)}`,
    ),
    row(
      "",
      `${total(others)} by their event sources, for every product: ${list(others, ({ operation }) => operation)}`,
    ),
    "",
    ...verdict(outcome),
  ];
}

function conversationRows({
  ledger,
  kept,
  offers,
  answers,
  calls,
}: NonNullable<Outcome["conversation"]>): readonly string[] {
  return [
    row("actions in notes", `${ledger.noted}; a summary tells of ${kept.summarised} in their place`),
    row("notes out", `${kept.notes.written}; ${kept.notes.takenAway} taken away since`),
    row("summaries", String(kept.summaries)),
    row(
      "help offered",
      `${offers.fired} times: ${offers.shown} shown, ${offers.tapped} tapped, ${offers.ignored} ignored`,
    ),
    ...(answers === undefined ? [] : [row("answers", String(answers))]),
    row(
      "Intercom calls",
      `${total(calls)}: ${list(calls, ({ operation, ending }) => (ending === 200 ? operation : `${operation} (${endingText(ending)})`))}`,
    ),
    row("lost", String(ledger.lost.length)),
    row("doubled", String(ledger.doubled.length)),
    row("in order", ledger.inOrder ? "yes" : "no"),
    row("without context", kept.gaps === 0 ? "at no moment" : `after ${kept.gaps} changes of the conversation`),
  ];
}

function verdict(outcome: Outcome): readonly string[] {
  const { conversation, givenUp, deadLetters, settled } = outcome;
  if (isGood(outcome)) {
    return [
      conversation
        ? "Every action stands in a note, or in the summary that took its place: once, in order, and at every moment."
        : "Everything was accepted and worked off.",
    ];
  }
  const { lost = [], doubled = [], inOrder = true } = conversation?.ledger ?? {};
  const gaps = conversation?.kept.gaps ?? 0;
  const ofThese = givenUp > 0 ? ` (${givenUp} were in notes that were given up, as told above)` : "";
  return [
    ...(lost.length > 0 ? [`LOST: ${lost.length} of the actions in no note${ofThese}:`, ...lost.map(quoted)] : []),
    ...(doubled.length > 0
      ? [`DOUBLED: ${doubled.length} of the actions more often than sent:`, ...doubled.map(quoted)]
      : []),
    ...(inOrder ? [] : ["OUT OF ORDER: notes do not stand in the order in which the user acted."]),
    ...(gaps > 0 ? ["WITHOUT CONTEXT: notes were taken away while no summary of them stood."] : []),
    ...(deadLetters > 0 ? [`DEAD LETTERS: ${deadLetters} messages were put aside.`] : []),
    ...(settled ? [] : ["UNFINISHED: there was still something under way when this was counted."]),
  ];
}

const quoted = (description: string): string => `  ${description}`;

const row = (label: string, value: string): string => `  ${label.padEnd(18)}${value}`;

function list<Counted extends { readonly requests: number }>(
  counts: readonly Counted[],
  nameOf: (count: Counted) => string,
): string {
  return totals(counts, nameOf)
    .map(([name, requests]) => `${name} ${requests}`)
    .join(", ");
}
