import type { JobPorts } from "./job-ports.ts";
import { performJob } from "./perform-job.ts";
import type { Delivery } from "./turn-ports.ts";

export type JobDelivery = Pick<Delivery, "messageId" | "group" | "body">;

/**
 * Performs the jobs of a batch: groups at the same time, each in order.
 *
 * @returns the ids of the messages that must come again: of each group the first that failed, and all after it
 */
export async function performJobs(
  ports: JobPorts,
  deliveries: readonly JobDelivery[],
  remainingMs: () => number,
): Promise<readonly string[]> {
  const groups = [...Map.groupBy(deliveries, ({ group }) => group).values()];
  const failed = await Promise.all(groups.map((group) => performInOrder(ports, group, remainingMs)));
  return failed.flat().map(({ messageId }) => messageId);
}

/** Resolves to what is not done. */
async function performInOrder(
  ports: JobPorts,
  group: readonly JobDelivery[],
  remainingMs: () => number,
): Promise<readonly JobDelivery[]> {
  for (const [at, { body, messageId }] of group.entries()) {
    try {
      await performJob(ports, body, remainingMs());
    } catch (cause) {
      ports.telemetry.error("job failed", { message_id: messageId }, cause);
      return group.slice(at);
    }
  }
  return [];
}
