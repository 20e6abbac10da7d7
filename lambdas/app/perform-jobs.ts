import { giveBack } from "./give-back.ts";
import type { JobPorts } from "./job-ports.ts";
import { performJob } from "./perform-job.ts";
import type { Delivery } from "./turn-ports.ts";

/**
 * Performs the jobs of a batch: groups at the same time, each in order.
 *
 * @returns the ids of the messages that must come again: of each group the first that failed, and all after it
 */
export async function performJobs(
  ports: JobPorts,
  deliveries: readonly Delivery[],
  remainingMs: () => number,
): Promise<readonly string[]> {
  const groups = [...Map.groupBy(deliveries, ({ group }) => group).values()];
  const failed = await Promise.all(groups.map((group) => performInOrder(ports, group, remainingMs)));
  return failed.flat().map(({ messageId }) => messageId);
}

/**
 * A judge's moment passes within ten seconds, an answer's within ninety, a summary's within ten minutes: after 2 s, 8 s,
 * 32 s and 128 s each has its chance, and the fifth failure makes a dead letter.
 */
export function retryDelayS(receives: number, unit: number): number {
  return Math.ceil(2 * 4 ** Math.min(receives - 1, 3) * (0.75 + 0.25 * unit));
}

/** Resolves to what is not done. */
async function performInOrder(
  ports: JobPorts,
  group: readonly Delivery[],
  remainingMs: () => number,
): Promise<readonly Delivery[]> {
  for (const [at, { body, messageId, receives }] of group.entries()) {
    const delayS = retryDelayS(receives, ports.random.unit());
    try {
      await performJob(ports, body, { remainingMs: remainingMs(), retryInMs: delayS * 1_000 });
    } catch (cause) {
      ports.telemetry.error("job failed", { message_id: messageId, delay_s: delayS }, cause);
      return giveBack(ports, group.slice(at), delayS);
    }
  }
  return [];
}
