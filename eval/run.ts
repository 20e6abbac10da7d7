import { boundedSummary } from "../lambdas/domain/language/bounded-summary.ts";
import { summaryRequest } from "../lambdas/domain/language/summary-prompt.ts";
import type { Candidate } from "./models.ts";
import { recallOf, type Score, scoreOf } from "./score.ts";
import type { RecordedSession } from "./session.ts";

/** What came of a session. Without a summary, every fact is missing. */
export type SessionResult = Score & {
  readonly session: string;
  readonly summary: string | null;
  /** Why there is no summary. */
  readonly problem?: string;
};

export type AdapterResult =
  | { readonly notRun: string }
  | {
      readonly model: string;
      /** 0 to 1, over all facts. */
      readonly recall: number;
      readonly tokensIn: number;
      readonly tokensOut: number;
      readonly sessions: readonly SessionResult[];
    };

/** Has every session summarised as the product does it, one after the other. */
export async function evaluate(
  candidate: Candidate,
  sessions: readonly RecordedSession[],
  progress: (step: string) => void,
): Promise<AdapterResult> {
  if (candidate.kind === "absent") return { notRun: `not in the environment: ${candidate.lacks.join(", ")}` };
  const results: SessionResult[] = [];
  const tokens = { tokensIn: 0, tokensOut: 0 };
  for (const session of sessions) {
    progress(session.name);
    const { summary, problem, tokensIn = 0, tokensOut = 0 } = await summarise(candidate, session);
    tokens.tokensIn += tokensIn;
    tokens.tokensOut += tokensOut;
    const score = scoreOf(session, summary ?? "");
    results.push({ session: session.name, ...score, summary, ...(problem === undefined ? {} : { problem }) });
  }
  return { model: candidate.name, recall: recallOf(results), ...tokens, sessions: results };
}

type Written = {
  readonly summary: string | null;
  readonly problem?: string;
  readonly tokensIn?: number;
  readonly tokensOut?: number;
};

/** A model that fails once has no summary of this session: nothing is tried again. */
async function summarise(
  { model, product }: Extract<Candidate, { kind: "ready" }>,
  { actions }: RecordedSession,
): Promise<Written> {
  try {
    const { text, ...tokens } = await model.complete(product, summaryRequest(actions, null), {
      timeoutMs: product.configuration.language.timeoutMs,
    });
    const summary = boundedSummary(text);
    return { summary, ...tokens, ...(summary === null ? { problem: "nothing of use in the model's text" } : {}) };
  } catch (error) {
    return { summary: null, problem: error instanceof Error ? `${error.name}: ${error.message}` : String(error) };
  }
}

/** Whether every session got a summary, and none says what it must not. What was not run has done nothing wrong. */
export function isSound(result: AdapterResult): boolean {
  return "notRun" in result || result.sessions.every(({ summary, broken }) => summary !== null && broken.length === 0);
}
