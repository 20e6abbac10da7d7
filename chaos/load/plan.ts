import type { Random } from "../../local/fake-intercom/random.ts";
import { poissonArrivals } from "./arrivals.ts";

/** A batch of actions of one session. Sessions are numbered from 0, a session's batches too. */
export type PlannedBatch = {
  readonly kind: "batch";
  /** Since the plan's beginning. */
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
  /** Mean. */
  readonly batchesOfEach: number;
  /** Mean, between two batches of a session. */
  readonly apartMs: number;
  /** Of the first session; another plan of the same run begins where one has ended. */
  readonly firstSession: number;
};

const MOST_ACTIONS = 4;

/** The user writes so long after the session has begun at most: often before its first batch. */
const CHAT_WITHIN_MS = 8_000;

/**
 * Who sends what, and when: batches arrive in a Poisson process, each of one of the sessions that are open. Their number
 * is steady: where one ends, another begins. As in life, most users never write.
 *
 * @returns ascending by time.
 */
export function planLoad(load: Load, random: Random): readonly Planned[] {
  const { ratePerS, durationMs, chatting, batchesOfEach, apartMs, firstSession } = load;
  const planned: Planned[] = [];
  let sessions = firstSession;

  function begin(atMs: number) {
    const begun = { session: sessions++, batches: 0 };
    const chatAtMs = atMs + random() * CHAT_WITHIN_MS;
    if (random() < chatting && chatAtMs < durationMs) {
      planned.push({ kind: "chat", atMs: chatAtMs, session: begun.session });
    }
    return begun;
  }

  const open = Array.from({ length: Math.max(1, Math.round((ratePerS * apartMs) / 1_000)) }, () => begin(0));
  for (const atMs of poissonArrivals(ratePerS, durationMs, random)) {
    const place = Math.floor(random() * open.length);
    const one = open[place] as (typeof open)[number];
    const actions = 1 + Math.floor(random() * MOST_ACTIONS);
    planned.push({ kind: "batch", atMs, session: one.session, batch: one.batches++, actions });
    if (random() < 1 / batchesOfEach) open[place] = begin(atMs);
  }
  return planned.toSorted((first, second) => first.atMs - second.atMs);
}
