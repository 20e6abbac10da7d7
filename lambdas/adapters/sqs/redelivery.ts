import { ChangeMessageVisibilityBatchCommand, type SQSClient } from "@aws-sdk/client-sqs";
import { type Redelivery, RetryableError } from "../../app/ports.ts";
import { calling } from "../aws/failure.ts";

/**
 * Gives messages back to the actors queue for a while, by their visibility. At most ten at once: SQS takes, and a FIFO
 * event source delivers, no more.
 *
 * @throws RetryableError, TerminalError; a message that was not postponed comes back after the queue's own timeout.
 */
export function createSqsRedelivery(options: { readonly client: SQSClient; readonly queueUrl: string }): Redelivery {
  const { client, queueUrl } = options;
  return {
    postpone: async (receipts, delayS) => {
      const command = new ChangeMessageVisibilityBatchCommand({
        QueueUrl: queueUrl,
        Entries: receipts.map((receipt, index) => ({
          Id: String(index),
          ReceiptHandle: receipt,
          VisibilityTimeout: delayS,
        })),
      });
      const { Failed: failed = [] } = await calling("ChangeMessageVisibilityBatch", "write", () =>
        client.send(command),
      );
      const [first] = failed;
      if (first) throw new RetryableError("failed", `ChangeMessageVisibilityBatch: ${first.Code}`);
    },
  };
}
