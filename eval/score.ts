import { contains } from "./phrase.ts";
import type { RecordedSession, Statement } from "./session.ts";

/** What a summary says of a session. Names of facts, in the order of the session's. */
export type Score = {
  readonly found: readonly string[];
  readonly missing: readonly string[];
  /** What it says and must not. */
  readonly broken: readonly string[];
};

export function scoreOf({ facts, mustNot }: RecordedSession, summary: string): Score {
  const isSaid = ({ anyOf }: Statement) => anyOf.some((phrase) => contains(summary, phrase));
  const names = (statements: readonly Statement[]) => statements.map(({ name }) => name);
  return {
    found: names(facts.filter(isSaid)),
    missing: names(facts.filter((fact) => !isSaid(fact))),
    broken: names(mustNot.filter(isSaid)),
  };
}

/** The share of all facts that were found, 0 to 1; every fact counts the same, whichever session it is of. */
export function recallOf(scores: readonly Score[]): number {
  const found = scores.reduce((sum, score) => sum + score.found.length, 0);
  const all = scores.reduce((sum, score) => sum + score.found.length + score.missing.length, 0);
  return all === 0 ? 0 : found / all;
}
