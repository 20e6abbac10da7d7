import type { SlimAction } from "../../lambdas/domain/activity/slim-action.ts";
import { assembleChatContext, contextText } from "../../lambdas/domain/language/chat-context.ts";
import type { HistoryTurn } from "../../lambdas/domain/language/history.ts";
import type { KnowledgeRecord } from "../../lambdas/domain/language/knowledge.ts";
import { promptActivity } from "../../lambdas/domain/language/prompt-data.ts";
import { action } from "../../test/support/world.ts";
import { percentile, rounded } from "../statistics.ts";
import { WRITTEN_TEXT } from "./written.ts";

const startS = Date.UTC(2026, 0, 1) / 1_000;

const TURNS = 30;
const EXCERPTS = 5;

/** Of the actions, so many are news: what was done since the last answer. */
const NEWS = 5;

export type ContextBlock = {
  readonly name: string;
  /** Code points. */
  readonly characters: number;
  /** As UTF-8. */
  readonly bytes: number;
  /** Undefined where it is more than anything hands over. */
  readonly time: { readonly runs: number; readonly p50Us: number; readonly p99Us: number } | undefined;
};

type Material = {
  readonly name: string;
  readonly actions: readonly SlimAction[];
  readonly news: readonly SlimAction[];
  readonly summary: string | null;
  readonly turns: readonly HistoryTurn[];
  readonly knowledge: readonly KnowledgeRecord[];
};

/** How large what a model is told grows by what a session did, and how long it takes to put it together. */
export function measureContexts(runs: number): readonly ContextBlock[] {
  const usuals = [10, 50, 500].flatMap((count) => [false, true].map((summed) => usual(count, summed)));
  return [...usuals.map((material) => ({ ...sizeOf(material), time: timeOf(material, runs) })), largestContext()];
}

/** More and longer than anything may be: what is cut is cut. */
export function largestContext(): ContextBlock {
  const long = (length: number) => "€".repeat(length);
  const actions = actionsWith(500, (at) => long(1_000) + at);
  return {
    ...sizeOf({
      name: "all of it beyond its bound",
      actions,
      news: actions,
      summary: long(1_200),
      turns: turnsWith(2 * TURNS, long(2_000)),
      knowledge: excerptsWith(2 * EXCERPTS, long(4_000)),
    }),
    time: undefined,
  };
}

/** A session as it is usual. */
function usual(count: number, summed: boolean): Material {
  const actions = actionsWith(count, (at) => `Opened the report Time, row ${at}`);
  return {
    name: `${count} actions${summed ? " after a summary" : ""}`,
    actions,
    news: actions.slice(-NEWS),
    summary: summed ? WRITTEN_TEXT : null,
    turns: turnsWith(TURNS, "How do I export the report for March? The button is grey whenever I look at it."),
    knowledge: excerptsWith(EXCERPTS, "Open **Reports**, choose the dates, press **Export**. ".repeat(8)),
  };
}

function assembled({ actions, news, summary, turns, knowledge }: Material): string {
  return contextText(
    assembleChatContext({
      questions: ["How do I export a report?"],
      recentActivity: promptActivity({ summary, actions }),
      activitySinceLastMessage: promptActivity({ summary: null, actions: news }),
      turns,
      knowledge,
    }),
  );
}

function sizeOf(material: Material): Omit<ContextBlock, "time"> {
  const text = assembled(material);
  return { name: material.name, characters: [...text].length, bytes: Buffer.byteLength(text) };
}

/** After as many runs that are not measured. @throws Error when the same material comes to another context. */
function timeOf(material: Material, runs: number): NonNullable<ContextBlock["time"]> {
  const { length } = assembled(material);
  const timed = () => {
    const before = performance.now();
    if (assembled(material).length !== length) throw new Error("The same material came to another context");
    return (performance.now() - before) * 1_000;
  };
  for (let run = 0; run < runs; run += 1) timed();
  const samples = Array.from({ length: runs }, timed);
  const [p50Us, p99Us] = [percentile(samples, 0.5), percentile(samples, 0.99)];
  return { runs, p50Us: rounded(p50Us, 1), p99Us: rounded(p99Us, 1) };
}

function actionsWith(count: number, description: (at: number) => string): readonly SlimAction[] {
  return Array.from({ length: count }, (_, at) => action(description(at), startS + at, `/reports/time/${at}`));
}

function turnsWith(count: number, content: string): readonly HistoryTurn[] {
  return Array.from({ length: count }, (_, at) => ({ role: at % 2 === 0 ? "user" : "assistant", content }));
}

function excerptsWith(count: number, content: string): readonly KnowledgeRecord[] {
  return Array.from({ length: count }, (_, at) => ({ title: `Exporting reports, part ${at + 1}`, content }));
}
