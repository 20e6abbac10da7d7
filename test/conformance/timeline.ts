import { createManualClock, type ManualClock } from "../support/memory/manual-clock.ts";

/** The one clock of a case, and what on it takes time. */
export type Timeline = {
  readonly clock: ManualClock;
  /** Since the case began, ms. */
  passedMs(): number;
  /** Resolves when the clock has come so far. */
  elapse(ms: number): Promise<void>;
  /** When the first of what takes time is over, ms; Infinity when nothing does. */
  nextEnd(): number;
  /** Sets the clock, never back, and ends the first of what is over at that moment. */
  moveTo(moment: number): void;
};

/** @param nowS seconds since 1970 */
export function createTimeline(nowS: number): Timeline {
  const start = nowS * 1_000;
  const clock = createManualClock(start);
  const ends = new Map<number, (() => void)[]>();
  return {
    clock,
    passedMs: () => clock.now() - start,
    elapse: (ms) => {
      const moment = clock.now() + ms;
      return new Promise((resolve) => ends.set(moment, [...(ends.get(moment) ?? []), resolve]));
    },
    nextEnd: () => Math.min(...ends.keys(), Number.POSITIVE_INFINITY),
    moveTo: (moment) => {
      clock.set(Math.max(moment, clock.now()));
      const [end, ...others] = ends.get(moment) ?? [];
      if (others.length > 0) ends.set(moment, others);
      else ends.delete(moment);
      end?.();
    },
  };
}
