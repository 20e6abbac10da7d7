import { setTimeout as wait } from "node:timers/promises";

/** Does something again and again, with waits of their own between, until it is told to stop. */
export function repeat(nextMs: () => number, act: () => void): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const { signal } = stopping;
  async function run(): Promise<void> {
    while (!signal.aborted) {
      await wait(nextMs(), undefined, { signal }).catch(() => undefined);
      if (!signal.aborted) act();
    }
  }
  const ended = run();
  return {
    stop() {
      stopping.abort();
      return ended;
    },
  };
}
