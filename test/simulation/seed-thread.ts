import { parentPort } from "node:worker_threads";
import { generateScenario } from "./generate/scenario.ts";
import { play } from "./play.ts";

/** What a thread tells of a seed. */
export type SeedPlayed = {
  readonly seed: number;
  readonly broken: { readonly invariant: string; readonly detail: string } | undefined;
  readonly accepted: number;
  readonly noted: number;
  readonly missing: readonly (readonly [string, number])[];
  readonly reached: readonly string[];
};

parentPort?.on("message", async (seed: number) => {
  const { broken, accepted, noted, missing, reached } = await play(generateScenario(seed));
  const played: SeedPlayed = { seed, broken, accepted, noted, missing: [...missing], reached: [...reached] };
  parentPort?.postMessage(played);
});
