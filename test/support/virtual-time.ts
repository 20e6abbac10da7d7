import { setImmediate } from "node:timers/promises";

/** Enough turns of the event loop for what promises, streams and their readers hand to each other. */
const TURNS = 8;

/** Timers whose time passes when a test says so. */
export function createVirtualTime(startsAt: number) {
  let now = startsAt;
  let count = 0;
  const timers = new Map<number, { readonly at: number; readonly callback: () => void }>();

  async function settle(): Promise<void> {
    for (let turn = 0; turn < TURNS; turn += 1) await setImmediate();
  }

  return {
    now: () => now,
    setTimeout(callback: () => void, ms: number): number {
      count += 1;
      timers.set(count, { at: now + ms, callback });
      return count;
    },
    clearTimeout: (id: number) => void timers.delete(id),
    /** Lets what is under way go on, and then all timers go off that are due within so long, in order. */
    async pass(ms: number): Promise<void> {
      const until = now + ms;
      await settle();
      for (;;) {
        const [due] = [...timers].filter(([, { at }]) => at <= until).sort(([, one], [, other]) => one.at - other.at);
        if (!due) break;
        const [id, { at, callback }] = due;
        timers.delete(id);
        now = Math.max(now, at);
        callback();
        await settle();
      }
      now = until;
    },
  };
}

export type VirtualTime = ReturnType<typeof createVirtualTime>;
