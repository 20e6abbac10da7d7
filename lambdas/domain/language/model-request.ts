import type { SlimAction } from "../activity/slim-action.ts";
import type { KnowledgeRecord } from "./knowledge.ts";

/** One question to a language model. */
export type ModelRequest = {
  readonly task: "summary" | "answer" | "judge";
  /** Our own words: what is to be done, and that all of the prompt is data. */
  readonly system: string;
  /** What the model reads: end users' pages wrote parts of it. */
  readonly prompt: string;
  /** What the prompt was made of, for an adapter that reads no prose. */
  readonly material: {
    /** In the order of their times. */
    readonly actions: readonly SlimAction[];
    /** What the user asks; empty for a summary. */
    readonly question: string;
    readonly knowledge: readonly KnowledgeRecord[];
  };
  readonly maxOutputTokens: number;
};
