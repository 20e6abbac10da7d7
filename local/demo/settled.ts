import type { LocalCloud } from "../boot.ts";
import type { Deadlines } from "./deadlines.ts";

const working = ["MailboxQueue", "JobsQueue", "DelayedLaneQueue"];
const dead = ["MailboxDeadLetters", "JobsDeadLetters", "DelayedLaneDeadLetters", "SchedulerLaneDeadLetters"];

/** How long one wait lasts before the signal and the time are looked at again. */
const glanceMs = 250;

/**
 * What retries, and what ends with the story, has an alarm sooner than that. Later ones are those of questions, which are
 * given up after 90 s: for those that are answered, they ring in vain.
 */
const farMs = 30_000;

/**
 * Waits until nothing is under way: no message is left in a queue, and no alarm of the precise lane is pending that is
 * due soon.
 *
 * @returns false when something is still under way after `timeoutMs`, or `signal` said stop.
 */
export async function settled(
  cloud: LocalCloud,
  deadlines: Deadlines,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<boolean> {
  const deadline = Date.now() + timeoutMs;
  while (Date.now() < deadline && !signal.aborted) {
    const quiet = await cloud.queues
      .until(() => messagesIn(cloud, working) <= deadlines.dueAfter(Date.now() + farMs), glanceMs)
      .then(
        () => true,
        () => false,
      );
    if (quiet) return true;
  }
  return false;
}

export function deadLetters(cloud: LocalCloud): number {
  return messagesIn(cloud, dead);
}

function messagesIn(cloud: LocalCloud, queues: readonly string[]): number {
  return queues
    .map((queue) => cloud.queues.depth(queue))
    .reduce((sum, { ready, inFlight, delayed }) => sum + ready + inFlight + delayed, 0);
}
