import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageCommand,
  type SQSClient,
} from "@aws-sdk/client-sqs";
import { calling } from "../lambdas/adapters/aws/failure.ts";
import { shortHash } from "../lambdas/domain/actor/hash.ts";
import { messageGroupId } from "../lambdas/domain/actor/keys.ts";
import type { Context } from "./context.ts";
import type { Deployment } from "./deployment.ts";
import { CommandError } from "./errors.ts";
import { type Letter, type QueueName, readLetter } from "./letter.ts";

/** How long a letter is ours while we look at it, seconds: longer than any command takes. */
const LOOK_S = 120;
const MAX_MESSAGES = 10;

/** One of the dead-letter queues, and where its letters are sent back to. */
export type DeadLetterQueue = {
  readonly name: QueueName;
  readonly url: string;
  readonly targetUrl: string;
  /** How many receives make SQS move a message here by itself; undefined where SQS never does. */
  readonly maxReceives: number | undefined;
};

export const queueNames: readonly QueueName[] = ["actors", "deadlines", "scheduler", "jobs", "pushes"];

/** The queues that there are: those of pushes only where pushes are deployed. */
export async function deployedQueues({ deployment }: Context): Promise<readonly QueueName[]> {
  const { pushesQueueUrl } = await deployment();
  return queueNames.filter((name) => name !== "pushes" || pushesQueueUrl !== undefined);
}

export async function openDeadLetterQueue(
  sqs: SQSClient,
  deployment: Deployment,
  name: QueueName,
): Promise<DeadLetterQueue> {
  switch (name) {
    case "actors":
      return filledBySqs(sqs, name, deployment.actorsDeadLetterQueueUrl, deployment.actorsQueueUrl);
    case "deadlines":
      return filledBySqs(sqs, name, deployment.deadlinesDeadLetterQueueUrl, deployment.deadlinesQueueUrl);
    case "jobs":
      return filledBySqs(sqs, name, deployment.jobsDeadLetterQueueUrl, deployment.jobsQueueUrl);
    case "pushes": {
      const { pushesQueueUrl, pushesDeadLetterQueueUrl } = deployment;
      if (!pushesQueueUrl || !pushesDeadLetterQueueUrl) {
        throw new CommandError("This stage was deployed without pushes (-c pushers=2)");
      }
      return filledBySqs(sqs, name, pushesDeadLetterQueueUrl, pushesQueueUrl);
    }
    case "scheduler":
      // Schedules send to the mailbox.
      return {
        name,
        url: deployment.schedulerDeadLetterQueueUrl,
        targetUrl: deployment.actorsQueueUrl,
        maxReceives: undefined,
      };
    default:
      return name satisfies never;
  }
}

/** One that SQS fills from the queue to which its letters go back. */
async function filledBySqs(sqs: SQSClient, name: QueueName, url: string, targetUrl: string): Promise<DeadLetterQueue> {
  return { name, url, targetUrl, maxReceives: await redriveLimit(sqs, targetUrl) };
}

async function redriveLimit(sqs: SQSClient, queueUrl: string): Promise<number | undefined> {
  const { Attributes: attributes } = await calling("GetQueueAttributes", "read", () =>
    sqs.send(new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: ["RedrivePolicy"] })),
  );
  const policy = JSON.parse(attributes?.RedrivePolicy ?? "{}") as { maxReceiveCount?: number | string };
  return policy.maxReceiveCount === undefined ? undefined : Number(policy.maxReceiveCount);
}

/**
 * Receives letters page by page, a group's in order, each once. A group's later letters come when the earlier ones are
 * deleted: what is only looked at hides what stands behind the first ten of its group.
 */
export async function* receiveLetters(
  sqs: SQSClient,
  queue: DeadLetterQueue,
  signal: AbortSignal,
): AsyncGenerator<readonly Letter[]> {
  const seen = new Set<string>();
  while (!signal.aborted) {
    const { Messages: messages = [] } = await calling("ReceiveMessage", "write", () =>
      sqs.send(
        new ReceiveMessageCommand({
          QueueUrl: queue.url,
          MaxNumberOfMessages: MAX_MESSAGES,
          VisibilityTimeout: LOOK_S,
          WaitTimeSeconds: 1,
          MessageSystemAttributeNames: ["All"],
          MessageAttributeNames: ["All"],
        }),
      ),
    );
    const fresh = messages.filter(({ MessageId: id = "" }) => !seen.has(id));
    for (const { MessageId: id = "" } of fresh) seen.add(id);
    // A receive that waits asks all of the queue's servers: no answer is an empty queue.
    if (fresh.length === 0) return;
    yield fresh.map((message: Message) => readLetter(queue, message));
  }
}

/** Makes letters visible again at once. */
export async function giveBack(sqs: SQSClient, { url }: DeadLetterQueue, letters: readonly Letter[]): Promise<void> {
  for (let start = 0; start < letters.length; start += MAX_MESSAGES) {
    const entries = letters.slice(start, start + MAX_MESSAGES).map(({ receipt }, at) => ({
      Id: String(at),
      ReceiptHandle: receipt,
      VisibilityTimeout: 0,
    }));
    await calling("ChangeMessageVisibilityBatch", "write", () =>
      sqs.send(new ChangeMessageVisibilityBatchCommand({ QueueUrl: url, Entries: entries })),
    );
  }
}

/**
 * Sends a letter back into its own group, behind what is queued there, then deletes it here. The body is the same, so a
 * batch that was applied meanwhile is recognised by its id. The de-duplication id is the letter's: when the deletion
 * fails and the redrive is repeated within five minutes, the queue takes it once.
 */
export async function redriveLetter(sqs: SQSClient, queue: DeadLetterQueue, letter: Letter): Promise<void> {
  const group = letter.group ?? (letter.envelope && messageGroupId(letter.envelope.actor));
  const toFifo = queue.targetUrl.endsWith(".fifo");
  await calling("SendMessage", "write", () =>
    sqs.send(
      new SendMessageCommand({
        QueueUrl: queue.targetUrl,
        MessageBody: letter.body,
        ...(toFifo ? { MessageGroupId: group, MessageDeduplicationId: shortHash("redrive", letter.id) } : {}),
      }),
    ),
  );
  await calling("DeleteMessage", "write", () =>
    sqs.send(new DeleteMessageCommand({ QueueUrl: queue.url, ReceiptHandle: letter.receipt })),
  );
}

/** Everything that a queue shows at once. */
export async function lookInto(
  { sqs, deployment, terminal, signal }: Context,
  name: QueueName,
): Promise<readonly Letter[]> {
  terminal.progress(`Looking into ${name}`);
  const queue = await openDeadLetterQueue(sqs, await deployment(), name);
  const letters: Letter[] = [];
  try {
    for await (const page of receiveLetters(sqs, queue, signal)) letters.push(...page);
  } finally {
    await giveBack(sqs, queue, letters);
  }
  return letters;
}
