import { SendMessageCommand, type SQSClient } from "@aws-sdk/client-sqs";
import type { DeadLetters } from "../../app/ports.ts";
import { shortHash } from "../../domain/actor/hash.ts";
import { calling } from "../aws/failure.ts";

/**
 * The actors queue's FIFO dead-letter queue. The same message given up for the same reason stands there once; `reason`
 * is a message attribute, so that the body stays as it was received and can be redriven.
 *
 * @throws RetryableError, TerminalError
 */
export function createSqsDeadLetters(options: { readonly client: SQSClient; readonly queueUrl: string }): DeadLetters {
  const { client, queueUrl } = options;
  return {
    quarantine: async ({ body, group, id, reason }) => {
      const command = new SendMessageCommand({
        QueueUrl: queueUrl,
        MessageBody: body,
        MessageGroupId: group,
        MessageDeduplicationId: shortHash(group, id, reason),
        MessageAttributes: { reason: { DataType: "String", StringValue: reason } },
      });
      await calling("SendMessage", "write", () => client.send(command));
    },
  };
}
