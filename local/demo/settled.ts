import type { LocalCloud } from "../boot.ts";

const working = ["MailboxQueue", "JobsQueue", "DelayedLaneQueue"];
const dead = ["MailboxDeadLetters", "JobsDeadLetters", "DelayedLaneDeadLetters", "SchedulerLaneDeadLetters"];

/** How long one wait lasts before the signal and the time are looked at again. */
const glanceMs = 250;

/**
 * Waits until nothing is under way: no message is left in a queue, and no alarm of the precise lane is pending. What
 * retries has an alarm, so it is waited for.
 *
 * @returns false when something is still under way after `timeoutMs`, or `signal` said stop.
 */
export async function settled(cloud: LocalCloud, timeoutMs: number, signal: AbortSignal): Promise<boolean> {
  const deadline = Date.now() + timeoutMs;
  while (Date.now() < deadline && !signal.aborted) {
    const quiet = await cloud.queues
      .until(() => messagesIn(cloud, working) === 0, glanceMs)
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
