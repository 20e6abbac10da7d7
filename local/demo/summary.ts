import type { Count } from "../fake-intercom/journal.ts";
import type { CallCount } from "../gateway.ts";
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
        readonly notes: number;
        readonly offers: OfferCounts;
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

/** Every action stands in one note, once and in order, and nothing is left over. */
export function isGood({ conversation, deadLetters, settled }: Outcome): boolean {
  if (!settled || deadLetters > 0) return false;
  if (!conversation) return true;
  const { lost, doubled, inOrder } = conversation.ledger;
  return lost.length === 0 && doubled.length === 0 && inOrder;
}

/** What came of the story, for people. */
export function summary(outcome: Outcome): readonly string[] {
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
    row("", `${total(others)} by their event sources: ${list(others, ({ operation }) => operation)}`),
    "",
    ...verdict(outcome),
  ];
}

function conversationRows({ ledger, notes, offers, calls }: NonNullable<Outcome["conversation"]>): readonly string[] {
  return [
    row("actions in notes", String(ledger.noted)),
    row("notes out", String(notes)),
    row(
      "help offered",
      `${offers.fired} times: ${offers.shown} shown, ${offers.tapped} tapped, ${offers.ignored} ignored`,
    ),
    row(
      "Intercom calls",
      `${total(calls)}: ${list(calls, ({ operation, ending }) => (ending === 200 ? operation : `${operation} (${endingText(ending)})`))}`,
    ),
    row("lost", String(ledger.lost.length)),
    row("doubled", String(ledger.doubled.length)),
    row("in order", ledger.inOrder ? "yes" : "no"),
  ];
}

function verdict(outcome: Outcome): readonly string[] {
  const { conversation, givenUp, deadLetters, settled } = outcome;
  if (isGood(outcome)) {
    return [
      conversation ? "Every action stands in a note, once and in order." : "Everything was accepted and worked off.",
    ];
  }
  const { lost = [], doubled = [], inOrder = true } = conversation?.ledger ?? {};
  const ofThese = givenUp > 0 ? ` (${givenUp} were in notes that were given up, as told above)` : "";
  return [
    ...(lost.length > 0 ? [`LOST: ${lost.length} of the actions in no note${ofThese}:`, ...lost.map(quoted)] : []),
    ...(doubled.length > 0
      ? [`DOUBLED: ${doubled.length} of the actions more often than sent:`, ...doubled.map(quoted)]
      : []),
    ...(inOrder ? [] : ["OUT OF ORDER: notes do not stand in the order in which the user acted."]),
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
