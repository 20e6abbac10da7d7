import type { Clock } from "../../../lambdas/app/ports.ts";

/** The moment at which every scenario begins. */
export const BEGINNING = Date.UTC(2026, 0, 1);

/** A time that moves from one awaited moment to the next, when nobody has anything left to do in the present one. */
export type VirtualTime = Clock & {
  after(ms: number): Promise<void>;
  at(moment: number, act: () => void): void;
  /** Runs until nobody waits for anything. @returns false when somebody still waits for a moment after `until`. */
  run(until: number): Promise<boolean>;
};

type Timer = { readonly at: number; readonly order: number; readonly act: () => void };

const isBefore = (one: Timer, other: Timer): boolean =>
  one.at < other.at || (one.at === other.at && one.order < other.order);

export function createVirtualTime(): VirtualTime {
  let now = BEGINNING;
  let order = 0;
  const heap: Timer[] = [];

  const at = (moment: number, act: () => void): void => {
    order += 1;
    push(heap, { at: Math.max(moment, now), order, act });
  };
  return {
    now: () => now,
    at,
    after: (ms) => new Promise((resolve) => at(now + ms, resolve)),
    run: async (until) => {
      for (;;) {
        await everybodyWaits();
        const [next] = heap;
        if (!next) return true;
        if (next.at > until) return false;
        pop(heap);
        now = next.at;
        next.act();
      }
    },
  };
}

/** An immediate runs when all promises that can be settled are: nothing in the simulation waits for anything else. */
const everybodyWaits = () => new Promise<void>((resolve) => setImmediate(resolve));

function push(heap: Timer[], timer: Timer): void {
  let index = heap.length;
  heap.push(timer);
  while (index > 0) {
    const parent = (index - 1) >> 1;
    const above = heap[parent];
    if (!above || !isBefore(timer, above)) break;
    heap[index] = above;
    index = parent;
  }
  heap[index] = timer;
}

function pop(heap: Timer[]): void {
  const last = heap.pop();
  if (!last || heap.length === 0) return;
  let index = 0;
  for (;;) {
    let child = 2 * index + 1;
    const [left, right] = [heap[child], heap[child + 1]];
    if (left && right && isBefore(right, left)) child += 1;
    const below = heap[child];
    if (!below || !isBefore(below, last)) break;
    heap[index] = below;
    index = child;
  }
  heap[index] = last;
}
