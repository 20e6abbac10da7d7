import { Worker } from "node:worker_threads";
import type { SeedPlayed } from "./seed-thread.ts";

export type SeedsPlayed = {
  readonly seeds: number;
  readonly failed: readonly { readonly seed: number; readonly invariant: string; readonly detail: string }[];
  readonly accepted: number;
  readonly noted: number;
  readonly missing: ReadonlyMap<string, number>;
  /** By how many seeds each thing was reached. */
  readonly reached: ReadonlyMap<string, number>;
};

/** Plays many seeds in threads, each of which asks for the next one when it is ready. */
export async function playSeeds(options: {
  readonly start: number;
  readonly seeds: number;
  readonly threads: number;
  /** Ends it early, with what there is. */
  readonly stop: AbortSignal;
  readonly progress: (done: number, failed: number) => void;
}): Promise<SeedsPlayed> {
  const { start, seeds, stop, progress } = options;
  const failed: { readonly seed: number; readonly invariant: string; readonly detail: string }[] = [];
  const missing = new Map<string, number>();
  const reached = new Map<string, number>();
  let [accepted, noted, done, next] = [0, 0, 0, start];

  const take = (played: SeedPlayed): void => {
    done += 1;
    accepted += played.accepted;
    noted += played.noted;
    for (const [why, count] of played.missing) missing.set(why, (missing.get(why) ?? 0) + count);
    for (const what of played.reached) reached.set(what, (reached.get(what) ?? 0) + 1);
    if (played.broken) failed.push({ seed: played.seed, ...played.broken });
    if (done % 20 === 0 || done === seeds) progress(done, failed.length);
  };
  const work = async (): Promise<void> => {
    const thread = new Worker(new URL("./seed-thread.ts", import.meta.url));
    const end = () => void thread.terminate();
    stop.addEventListener("abort", end);
    await new Promise<void>((resolve, reject) => {
      const ask = (): void => {
        if (next < start + seeds && !stop.aborted) thread.postMessage(next++);
        else resolve();
      };
      thread.on("message", (played: SeedPlayed) => {
        take(played);
        ask();
      });
      thread.on("error", reject);
      thread.on("exit", () => resolve());
      ask();
    });
    stop.removeEventListener("abort", end);
    await thread.terminate();
  };
  await Promise.all(Array.from({ length: options.threads }, work));
  failed.sort((one, other) => one.seed - other.seed);
  return { seeds: done, failed, accepted, noted, missing, reached };
}
