import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from "aws-lambda";
import { performJob } from "../app/perform-job.ts";
import { jobPorts } from "./job-composition.ts";

const { ports, flush } = jobPorts();

/** Performs jobs; each group's in order. One that fails comes again, with all that follow it in its group. */
export async function handler({ Records: records }: SQSEvent, context: Context): Promise<SQSBatchResponse> {
  const groups = [...Map.groupBy(records, ({ attributes }) => attributes.MessageGroupId).values()];
  const failed = await Promise.all(groups.map((group) => performInOrder(group, context)));
  flush();
  return { batchItemFailures: failed.flat().map(({ messageId }) => ({ itemIdentifier: messageId })) };
}

/** Resolves to what is not done. */
async function performInOrder(group: readonly SQSRecord[], context: Context): Promise<readonly SQSRecord[]> {
  for (const [at, { body, messageId }] of group.entries()) {
    try {
      await performJob(ports, body, context.getRemainingTimeInMillis());
    } catch (cause) {
      ports.telemetry.error("job failed", { message_id: messageId }, cause);
      return group.slice(at);
    }
  }
  return [];
}
