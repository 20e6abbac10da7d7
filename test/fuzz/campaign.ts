import fc from "fast-check";
import type { FuzzProperty } from "./property.ts";
import type { Ground } from "./system.ts";

export type Trial = {
  readonly runs: number;
  /** The shortest counterexample and its seed; undefined when the promise held. */
  readonly failure: string | undefined;
};

/**
 * Tries one promise. Same seed and runs, same requests.
 *
 * @param given.onRun told before each run.
 */
export async function tryProperty(
  { property, runs: usual }: FuzzProperty,
  ground: Ground,
  { seed, runs = usual, onRun }: { readonly seed: number; readonly runs?: number | undefined; onRun?: () => void },
): Promise<Trial> {
  const counted: Ground = {
    ...ground,
    async system() {
      onRun?.();
      return ground.system();
    },
  };
  const tried = await fc.check(property(counted), { seed, numRuns: runs });
  if (!tried.failed) return { runs: tried.numRuns, failure: undefined };
  const { errorInstance: error } = tried;
  const why = error instanceof Error ? error.message : String(error);
  return { runs: tried.numRuns, failure: `${why}\n${await fc.asyncDefaultReportMessage(tried)}` };
}
