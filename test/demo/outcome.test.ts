import { expect, it } from "vitest";
import type { ContextKept } from "../../local/demo/context-kept.ts";
import type { Ledger } from "../../local/demo/ledger.ts";
import { isGood, type Outcome, outcomeLines } from "../../local/demo/outcome.ts";

const good: Ledger = { sent: 3, noted: 3, lost: [], doubled: [], inOrder: true };

const kept: ContextKept = {
  notes: { written: 2, takenAway: 1 },
  summaries: 1,
  delivered: ["first", "second"],
  summarised: 2,
  gaps: 0,
};

function outcome(ledger: Partial<Ledger> = {}, changes: Partial<Outcome> = {}): Outcome {
  return {
    batches: 2,
    actions: 3,
    conversation: {
      ledger: { ...good, ...ledger },
      kept,
      offers: { fired: 3, shown: 2, tapped: 1, ignored: 1 },
      answers: undefined,
      calls: [
        { operation: "reply", ending: 200, requests: 2 },
        { operation: "reply", ending: 503, requests: 4 },
        { operation: "read", ending: "dropped", requests: 1 },
      ],
    },
    awsCalls: [
      { caller: "Worker", service: "sqs", operation: "SendMessage", requests: 1 },
      { caller: "Worker", service: "dynamodb", operation: "GetItem", requests: 2 },
      { caller: "Receiver", service: "dynamodb", operation: "PutItem", requests: 2 },
      { caller: "Mapping", service: "sqs", operation: "ReceiveMessage", requests: 7 },
    ],
    feederIds: new Set(["Mapping"]),
    givenUp: 0,
    deadLetters: 0,
    settled: true,
    ...changes,
  };
}

it("a good end is told with its numbers", () => {
  const lines = outcomeLines(outcome());

  expect(isGood(outcome())).toBe(true);
  expect(lines.join("\n")).toBe(
    [
      "  actions in        3, in 2 batches",
      "  actions in notes  3; a summary tells of 2 in their place",
      "  notes out         2; 1 taken away since",
      "  summaries         1",
      "  help offered      3 times: 2 shown, 1 tapped, 1 ignored",
      "  Intercom calls    7: reply (503) 4, reply 2, read (connection cut) 1",
      "  lost              0",
      "  doubled           0",
      "  in order          yes",
      "  without context   at no moment",
      "  AWS requests      5 by the functions, 2.5 a batch: dynamodb 4, sqs 1",
      "                    7 by their event sources, for every product: ReceiveMessage 7",
      "",
      "Every action stands in a note, or in the summary that took its place: once, in order, and at every moment.",
    ].join("\n"),
  );
});

it.each([
  ["lost", outcome({ noted: 2, lost: ["Clicked Export"] }), ["LOST: 1 of the actions", "  Clicked Export"]],
  ["doubled", outcome({ noted: 4, doubled: ["Opened Reports"] }), ["DOUBLED: 1 of the actions", "  Opened Reports"]],
  ["disordered", outcome({ inOrder: false }), ["OUT OF ORDER"]],
  ["put aside", outcome({}, { deadLetters: 1 }), ["DEAD LETTERS: 1"]],
  ["unfinished", outcome({}, { settled: false }), ["UNFINISHED"]],
])("what is %s makes a bad end, in plain words", (_, bad, words) => {
  const text = outcomeLines(bad).join("\n");

  expect(isGood(bad)).toBe(false);
  for (const word of words) expect(text).toContain(word);
  expect(text).not.toContain("Every action");
});

it("of what is lost, it is said how much the platform refused", () => {
  const text = outcomeLines(outcome({ lost: ["a", "b"] }, { givenUp: 2 })).join("\n");

  expect(text).toContain("2 were in notes that were given up");
});

it("a note that was taken away while no summary of it stood makes a bad end, though all is told at last", () => {
  const early = outcome();
  const bad = { ...early, conversation: early.conversation && { ...early.conversation, kept: { ...kept, gaps: 2 } } };

  expect(isGood(bad)).toBe(false);
  expect(outcomeLines(bad)).toContain("  without context   after 2 changes of the conversation");
  expect(outcomeLines(bad).join("\n")).toMatch(/^WITHOUT CONTEXT/m);
});

it("answers are counted where users are answered", () => {
  const answered = outcome();
  const { conversation } = answered;

  expect(outcomeLines(answered).join("\n")).not.toContain("answers");
  expect(outcomeLines({ ...answered, conversation: conversation && { ...conversation, answers: 4 } })).toContain(
    "  answers           4",
  );
});

it("nothing is said about notes that nobody could look at", () => {
  const blind = outcome({}, { conversation: undefined });
  const text = outcomeLines(blind).join("\n");

  expect(isGood(blind)).toBe(true);
  expect(text).toContain("not checked");
  expect(text).not.toMatch(/lost|Every action/);
});
