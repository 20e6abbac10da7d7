import { SendMessageCommand, type SQSClient } from "@aws-sdk/client-sqs";
import type { JobQueue } from "../../app/language-ports.ts";
import { shortHash } from "../../domain/actor/hash.ts";
import { jobGroupId } from "../../domain/actor/keys.ts";
import { calling } from "../aws/failure.ts";
import { messageBody } from "../aws/message-body.ts";

/** The FIFO queue of the language worker: a session's jobs of one kind in order. */
export function createSqsJobQueue(options: { readonly client: SQSClient; readonly queueUrl: string }): JobQueue {
  const { client, queueUrl } = options;
  return {
    send: async (jobs) => {
      // A turn asks for one or two.
      for (const job of jobs) {
        const group = jobGroupId(job);
        const command = new SendMessageCommand({
          QueueUrl: queueUrl,
          MessageBody: messageBody(job),
          MessageGroupId: group,
          // The group is part of it: a job's id is its session's own.
          MessageDeduplicationId: shortHash(group, job.id),
        });
        await calling("SendMessage", "write", () => client.send(command));
      }
    },
  };
}
