import {
  ChangeMessageVisibilityBatchCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  type SQSClient,
} from "@aws-sdk/client-sqs";
import { type Aws, awsRequest } from "./aws-request.ts";
import type { DeadlinesQueue } from "./deadlines-queue.ts";
import type { FifoQueue } from "./fifo-queue.ts";
import type { Life } from "./life.ts";

export const queueUrl = {
  actors: "actors",
  deadlines: "deadlines",
  deadLetters: "dead letters",
  jobs: "jobs",
  pushes: "pushes",
  pushDeadLetters: "dead letters of pushes",
} as const;

/** What every SQS queue takes. */
const LARGEST_BODY_BYTES = 262_144;

/** An SQS client of one process, for the shipped adapters. */
export function createSqsClient(
  aws: Aws,
  life: Life,
  {
    actors,
    deadlines,
    jobs,
    pushes,
  }: {
    readonly actors: FifoQueue;
    readonly deadlines: DeadlinesQueue;
    readonly jobs: FifoQueue;
    readonly pushes: FifoQueue;
  },
): SQSClient {
  const send = async (command: unknown): Promise<unknown> => {
    if (command instanceof SendMessageBatchCommand) {
      const { Entries: entries = [] } = command.input;
      return awsRequest(aws, life, "send to actors", (fault) => {
        const refused = entries.filter(
          ({ MessageBody = "" }) =>
            Buffer.byteLength(MessageBody) > LARGEST_BODY_BYTES || (fault === "entry-refused" && aws.chance.maybe(0.6)),
        );
        for (const entry of entries) {
          if (refused.includes(entry)) continue;
          const {
            MessageGroupId: group = "",
            MessageDeduplicationId: deduplicationId = "",
            MessageBody: body = "",
          } = entry;
          actors.send({ group, deduplicationId, body });
        }
        return { Failed: refused.map(({ Id }) => ({ Id, Code: "InternalError", SenderFault: false })) };
      });
    }
    if (command instanceof SendMessageCommand) {
      const { QueueUrl: url, MessageBody: body = "", DelaySeconds: delayS = 0 } = command.input;
      if (url === queueUrl.deadlines) {
        return awsRequest(aws, life, "send deadline", () => deadlines.send(body, delayS * 1_000));
      }
      const { MessageGroupId: group = "", MessageDeduplicationId: messageId = "", MessageAttributes } = command.input;
      if (url === queueUrl.jobs) {
        return awsRequest(aws, life, "send job", () => jobs.send({ group, deduplicationId: messageId, body }));
      }
      if (url === queueUrl.pushes) {
        return awsRequest(aws, life, "send push", () => pushes.send({ group, deduplicationId: messageId, body }));
      }
      const given = url === queueUrl.pushDeadLetters ? pushes : actors;
      const reason = MessageAttributes?.reason?.StringValue ?? "";
      return awsRequest(aws, life, "quarantine", () => given.quarantine({ group, body, messageId, reason }));
    }
    if (command instanceof ChangeMessageVisibilityBatchCommand) {
      const { Entries: entries = [], QueueUrl: url } = command.input;
      const queue = { [queueUrl.jobs]: jobs, [queueUrl.pushes]: pushes }[url ?? ""] ?? actors;
      return awsRequest(aws, life, "postpone", () => {
        for (const { ReceiptHandle: receipt = "", VisibilityTimeout: delayS = 0 } of entries) {
          queue.postpone(receipt, delayS * 1_000);
        }
        return {};
      });
    }
    throw new Error("The queues do not understand this command");
  };
  return { send } as unknown as SQSClient;
}
