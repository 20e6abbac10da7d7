import type { Clock } from "../../../lambdas/app/ports.ts";

export type ManualClock = Clock & { advance(ms: number): void; set(at: number): void };

/** Time that passes only when it is told to. */
export function createManualClock(start = Date.UTC(2026, 0, 1)): ManualClock {
  let now = start;
  return {
    now: () => now,
    advance: (ms) => {
      now += ms;
    },
    set: (at) => {
      now = at;
    },
  };
}
