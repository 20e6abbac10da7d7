import type { Random } from "../../local/fake-intercom/random.ts";
import { poissonArrivals } from "./arrivals.ts";

/** A batch of actions of one session. Sessions are numbered from 0, a session's batches too. */
export type PlannedBatch = {
  readonly kind: "batch";
  readonly atMs: number;
  readonly session: number;
  readonly batch: number;
  readonly actions: number;
};

/** The session's user writes in the Messenger for the first time. */
export type PlannedChat = { readonly kind: "chat"; readonly atMs: number; readonly session: number };

export type Planned = PlannedBatch | PlannedChat;

export type Load = {
  readonly ratePerS: number;
  readonly durationMs: number;
  /** Of the sessions, in [0, 1]. */
  readonly chatting: number;
  /** Mean; a session has one at least. */
  readonly batchesOfEach: number;
};

const MOST_ACTIONS = 4;

/** A chat is opened so long after the session's first batch, or before it. */
const CHAT_WITHIN_MS = { before: 500, after: 8_000 };

/**
 * Who sends what, and when: batches arrive in a Poisson process; each opens a session or belongs to one that is open. As
 * in life, most users never write.
 *
 * @returns ascending by time.
 */
export function planLoad({ ratePerS, durationMs, chatting, batchesOfEach }: Load, random: Random): readonly Planned[] {
  const planned: Planned[] = [];
  const open: { readonly session: number; batches: number }[] = [];
  let sessions = 0;

  function begin(atMs: number) {
    const begun = { session: sessions++, batches: 0 };
    open.push(begun);
    if (random() < chatting) {
      const { before, after } = CHAT_WITHIN_MS;
      const chatAtMs = atMs - before + random() * (before + after);
      planned.push({ kind: "chat", atMs: Math.min(Math.max(0, chatAtMs), durationMs), session: begun.session });
    }
    return begun;
  }

  for (const atMs of poissonArrivals(ratePerS, durationMs, random)) {
    const isNew = random() < 1 / batchesOfEach;
    const picked = open[Math.floor(random() * open.length)];
    const one = isNew || !picked ? begin(atMs) : picked;
    const actions = 1 + Math.floor(random() * MOST_ACTIONS);
    planned.push({ kind: "batch", atMs, session: one.session, batch: one.batches++, actions });
    // As many end as begin, so that the mean is kept.
    if (random() < 1 / batchesOfEach && open.length > 1) open.splice(Math.floor(random() * open.length), 1);
  }
  return planned.toSorted((first, second) => first.atMs - second.atMs);
}
