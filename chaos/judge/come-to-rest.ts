import { setTimeout as wait } from "node:timers/promises";
import { everyDeadline } from "../../local/demo/deadlines.ts";
import { settled } from "../../local/demo/settled.ts";
import type { System } from "../system.ts";
import { compare, type Verdict } from "./compare.ts";
import { observe, type Run } from "./observe.ts";

export type Rest = {
  readonly verdict: Verdict;
  readonly deadLetters: number;
  /** False when the patience was over before everything had come to an end. */
  readonly settled: boolean;
};

/** How long is waited before it is looked again, and told. */
const GLANCE_MS = 1_000;

/**
 * Waits until nothing is under way and nothing is missing: what is missing when no message is left may still have its
 * one-time schedule.
 *
 * @throws what `signal` says, when it says stop.
 */
export async function comeToRest(
  system: System,
  run: Run,
  {
    patienceMs,
    progress,
    signal,
  }: { readonly patienceMs: number; readonly progress: (step: string) => void; readonly signal: AbortSignal },
): Promise<Rest> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const isQuiet = await settled(system.cloud, everyDeadline, GLANCE_MS, signal);
    signal.throwIfAborted();
    const isLate = Date.now() > deadline;
    if (isQuiet || isLate) {
      const { evidence, deadLetters } = await observe(system, run);
      const verdict = compare(evidence);
      if (isLate || verdict.lost.length === 0) return { verdict, deadLetters: deadLetters.messages, settled: isQuiet };
      progress(`no message is left, and ${verdict.lost.length} actions are missing`);
      await wait(GLANCE_MS, undefined, { signal });
    } else {
      const { ready, inFlight, delayed } = system.cloud.queues.depth("MailboxQueue");
      progress(`coming to rest: ${ready} messages ready, ${inFlight} in flight, ${delayed} delayed`);
    }
  }
}
