import { SendMessageCommand, type SQSClient } from "@aws-sdk/client-sqs";
import type { PushQueue } from "../../app/push-ports.ts";
import { shortHash } from "../../domain/actor/hash.ts";
import { messageGroupId } from "../../domain/actor/keys.ts";
import { calling } from "../aws/failure.ts";
import { messageBody } from "../aws/message-body.ts";

/** The FIFO queue of what is to be pushed: one group a session, in order. */
export function createSqsPushQueue(options: { readonly client: SQSClient; readonly queueUrl: string }): PushQueue {
  const { client, queueUrl } = options;
  return {
    send: async (pushes) => {
      // One after the other: of a session's, none may overtake another, and the first that fails is the last.
      for (const push of pushes) {
        const group = messageGroupId(push.actor);
        const command = new SendMessageCommand({
          QueueUrl: queueUrl,
          MessageBody: messageBody(push),
          MessageGroupId: group,
          MessageDeduplicationId: shortHash(group, push.id),
        });
        await calling("SendMessage", "write", () => client.send(command));
      }
    },
  };
}
