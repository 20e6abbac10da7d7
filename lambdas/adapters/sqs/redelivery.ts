import { ChangeMessageVisibilityBatchCommand, type SQSClient } from "@aws-sdk/client-sqs";
import type { Redelivery } from "../../app/ports.ts";
import { calling } from "../aws/failure.ts";

/**
 * Gives received messages back to the actors queue by shortening or prolonging their visibility timeout. At most ten at
 * a time, which is what a batch of a FIFO queue holds. A receipt that has expired is none of our business any more.
 *
 * @throws RetryableError, TerminalError
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
      await calling("ChangeMessageVisibilityBatch", "write", () => client.send(command));
    },
  };
}
