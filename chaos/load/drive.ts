import { setTimeout as wait } from "node:timers/promises";
import type { Planned } from "./plan.ts";
import type { Delivered, Sender } from "./sender.ts";
import type { Visitors } from "./visitors.ts";

export type Driven<Kind extends Planned = Planned> = Delivered & {
  readonly planned: Kind;
  /** By how much it was sent later than planned: the driver's own fault, ms. */
  readonly lateMs: number;
};

export type Drive = {
  /** When the last has been sent for the first time. */
  readonly launched: Promise<void>;
  /** When all have been taken, or refused. */
  readonly answered: Promise<readonly Driven[]>;
  /** Not yet answered for good. */
  underway(): number;
  sent(): number;
};

/**
 * Sends everything at its time, whatever became of what was sent before: open-loop, so that a slow system meets the same
 * load as a quick one.
 *
 * @param startMs when the plan begins, ms since 1970.
 */
export function drive(
  plan: readonly Planned[],
  {
    startMs,
    visitors,
    send,
    signal,
  }: {
    readonly startMs: number;
    readonly visitors: Visitors;
    readonly send: Sender;
    readonly signal: AbortSignal;
  },
): Drive {
  const underway = new Set<Promise<Driven>>();
  const all: Promise<Driven>[] = [];

  async function one(planned: Planned): Promise<Driven> {
    const nowMs = Date.now();
    const lateMs = nowMs - startMs - planned.atMs;
    return { planned, lateMs, ...(await send(visitors.request(planned, nowMs))) };
  }

  async function launch(): Promise<void> {
    for (const planned of plan) {
      const ahead = startMs + planned.atMs - Date.now();
      if (ahead > 0) await wait(ahead, undefined, { signal });
      const sending = one(planned);
      all.push(sending);
      underway.add(sending);
      // A sender that was told to stop is heard of where all are waited for.
      sending.finally(() => underway.delete(sending)).catch(() => undefined);
    }
  }

  const launched = launch();
  const answered = launched.then(() => Promise.all(all));
  // Whoever waits for `launched` hears of it there.
  answered.catch(() => undefined);
  return {
    launched,
    answered,
    underway: () => underway.size,
    sent: () => all.length,
  };
}
