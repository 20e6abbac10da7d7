import type { ManualClock } from "../../test/support/memory/manual-clock.ts";

/** Waits in a time that moves when it is told to. */
export type Timeline = {
  /** Resolves when so much time has passed. */
  after(ms: number): Promise<void>;
  /** The next moment for which somebody waits, ms; Infinity when nobody does. */
  next(): number;
  /** Wakes those whose moment has come, and lets everybody do what can be done without time. */
  reached(): Promise<void>;
  /** Lets everybody do what can be done without time. */
  settle(): Promise<void>;
};

export function createTimeline(clock: ManualClock): Timeline {
  const waiting = new Map<() => void, number>();
  const settle = () => new Promise<void>((resolve) => setImmediate(resolve));
  return {
    after: (ms) => new Promise((resolve) => waiting.set(resolve, clock.now() + ms)),
    next: () => Math.min(...waiting.values(), Number.POSITIVE_INFINITY),
    async reached() {
      for (const [resolve, at] of waiting) {
        if (at > clock.now()) continue;
        waiting.delete(resolve);
        resolve();
      }
      await settle();
    },
    settle,
  };
}
