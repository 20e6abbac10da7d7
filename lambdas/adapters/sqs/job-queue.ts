import { SendMessageCommand, type SQSClient } from "@aws-sdk/client-sqs";
import type { JobQueue } from "../../app/language-ports.ts";
import { shortHash } from "../../domain/actor/hash.ts";
import { messageGroupId } from "../../domain/actor/keys.ts";
import { calling } from "../aws/failure.ts";
import { messageBody } from "../aws/message-body.ts";

/** The FIFO queue of the language worker: a session's jobs in order, in the group that its messages have elsewhere. */
export function createSqsJobQueue(options: { readonly client: SQSClient; readonly queueUrl: string }): JobQueue {
  const { client, queueUrl } = options;
  return {
    send: async (jobs) => {
      // A turn asks for one or two. Of one group, the next goes when the one before it is queued.
      for (const job of jobs) {
        const group = messageGroupId(job.actor);
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
