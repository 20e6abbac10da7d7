import { type ContextBlock, measureContexts } from "../language/context-block.ts";
import { type CountedAnswer, countAnswer } from "../language/count-answer.ts";
import {
  ACTIONS,
  ACTIONS_A_NOTE,
  type CountedSummaries,
  countSummaries,
  SUMMARIES,
} from "../language/count-summaries.ts";
import type { WrittenCost } from "../language/written.ts";
import type { Bench, Budget, Part, Report } from "../part.ts";
import { total } from "../request-counts.ts";
import type { Table } from "../table.ts";
import { sumOf } from "../usage.ts";

export const language: Part = {
  name: "language",
  measures: "AWS, model and platform requests for summaries and an answer; size and time of what a model is told",
  run: async (bench: Bench): Promise<Report> => {
    const summaries = await countSummaries(bench);
    const answer = await countAnswer(bench);
    bench.progress("what a model is told");
    const contexts = measureContexts(bench.sizes.contexts);
    return {
      tables: [writtenTable(summaries, answer), contextTable(contexts)],
      budgets: [...summaryBudgets(summaries), ...answerBudgets(answer), ...contextBudgets(contexts)],
      figures: { actions: ACTIONS, actionsANote: ACTIONS_A_NOTE, summaries, answer, contexts },
    };
  },
};

/** A note of its own, reads of items aside, which the clock asks for as well (a product's pause). Fewer on a busy machine. */
const MOST_REQUESTS_OF_NOTE = 16;

/**
 * What a summary adds to that: the job and its result (sent, received, deleted), the rows and the notes that it is made of
 * and takes the place of, its own row and three states of the session, and two events.
 */
const MOST_REQUESTS_OF_SUMMARY = 14;

/** Both lists of actions, every turn and every excerpt at its bound, and headings. */
const MOST_CHARACTERS = 92_000;

function summaryBudgets({ off, extractive, model }: CountedSummaries): readonly Budget[] {
  const notes = ACTIONS / ACTIONS_A_NOTE;
  const runs = [
    { name: `${ACTIONS} actions in ${notes} notes`, written: off, summaries: 0 },
    { name: `them and ${SUMMARIES} summaries without a model`, written: extractive, summaries: SUMMARIES },
    { name: `them and ${SUMMARIES} summaries by a model`, written: model, summaries: SUMMARIES },
  ];
  return [
    ...runs.flatMap(({ name, written, summaries }) => [
      {
        what: `AWS requests of ${name}, reads of items aside`,
        limit: notes * MOST_REQUESTS_OF_NOTE + summaries * MOST_REQUESTS_OF_SUMMARY,
        measured: requestsOf(written),
      },
      {
        what: "platform calls: one to write each, one to take each note away",
        limit: notes + (summaries > 0 ? summaries + notes : 0),
        measured: sumOfCounts(written.platform),
      },
    ]),
    { what: "language-model calls for them", limit: SUMMARIES, measured: model.modelCalls },
  ];
}

function requestsOf({ cost: { requests } }: WrittenCost): number {
  return total(requests) - (requests["dynamodb GetItem"] ?? 0);
}

const sumOfCounts = (counts: Readonly<Record<string, number>>) =>
  Object.values(counts).reduce((sum, count) => sum + count, 0);

function answerBudgets({ answered }: CountedAnswer): readonly Budget[] {
  return [{ what: "model calls for an answer", limit: 1, measured: answered.modelCalls }];
}

function contextBudgets(contexts: readonly ContextBlock[]): readonly Budget[] {
  const measured = Math.max(...contexts.map(({ characters }) => characters));
  return [{ what: "characters of the largest context that a model is told", limit: MOST_CHARACTERS, measured }];
}

function writtenTable({ off, extractive, model }: CountedSummaries, { unanswered, answered }: CountedAnswer): Table {
  const columns: readonly (readonly [name: string, written: WrittenCost])[] = [
    ["no summaries", off],
    ["without a model", extractive],
    ["by a model", model],
    ["a message", unanswered],
    ["and its answer", answered],
  ];
  const costs = columns.map(([, written]) => written);
  const named = (of: (written: WrittenCost) => Readonly<Record<string, number>>) =>
    [...new Set(costs.flatMap((written) => Object.keys(of(written))))].sort();
  const row = (name: string, of: (written: WrittenCost) => number) => [name, ...costs.map(of)];
  return {
    title: `AWS requests for ${ACTIONS} actions in notes of ${ACTIONS_A_NOTE}, and for a user's message`,
    head: ["", ...columns.map(([name]) => name)],
    rows: [
      ...named(({ cost }) => cost.requests).map((name) => row(name, ({ cost }) => cost.requests[name] ?? 0)),
      row("requests", ({ cost }) => total(cost.requests)),
      row("DynamoDB read units", ({ cost: { usage } }) => sumOf(usage.edge, usage.behind)["dynamodb.read"]),
      row("DynamoDB write units", ({ cost }) => cost.writeUnits),
      row("jobs", ({ jobs }) => jobs),
      row("model calls", ({ modelCalls }) => modelCalls),
      row("tokens in", ({ tokensIn }) => tokensIn),
      row("tokens out", ({ tokensOut }) => tokensOut),
      ...named(({ platform }) => platform).map((name) =>
        row(`platform: ${name}`, ({ platform }) => platform[name] ?? 0),
      ),
      ...named(({ told }) => told).map((name) => row(`told: ${name}`, ({ told }) => told[name] ?? 0)),
    ],
    notes: [
      `Counted with all that comes of each note before the next; ${SUMMARIES} summaries at the default threshold. Tokens as`,
      "the fake model counts them: four characters each.",
    ],
  };
}

function contextTable(contexts: readonly ContextBlock[]): Table {
  return {
    title: "What a model is told for an answer: 30 turns and 5 excerpts beside the activity",
    head: ["", "characters", "bytes", "p50 µs", "p99 µs"],
    rows: contexts.map(({ name, characters, bytes, time }) => [
      name,
      characters,
      bytes,
      time?.p50Us ?? "–",
      time?.p99Us ?? "–",
    ]),
    notes: [
      "In process, from material at hand. Of a session's actions after its summary, the 50 newest are read back.",
    ],
  };
}
