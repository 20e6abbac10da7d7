import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageBatchCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from "@aws-sdk/client-sqs";
import { type LambdaFunction, mostProcesses } from "./lambda-runtime/lambda-function.ts";
import { readFailures, sqsEvent } from "./sqs-event.ts";

export type EventSourceMapping = {
  readonly logicalId: string;
  readonly queueName: string;
  /** Invocations that it may have at once. */
  readonly concurrency: number;
  /** Invocations under way. */
  underway(): number;
  /** Begins to poll, or goes on after `stop`. */
  start(): void;
  /** Takes nothing more from the queue, and waits for the invocations under way. */
  stop(): Promise<void>;
};

export type EventSourceSettings = {
  readonly logicalId: string;
  readonly queue: { readonly name: string; readonly url: string; readonly arn: string };
  /** Messages an invocation, 1 to 10. */
  readonly batchSize: number;
  /** Invocations at once. */
  readonly maximumConcurrency: number;
  readonly reportsFailures: boolean;
};

export type EventSourcePorts = {
  readonly sqs: SQSClient;
  readonly region: string;
  readonly target: LambdaFunction;
  /** Forbids long polls of the queue while the event source is stopped, so that `stop` need not wait for one. */
  readonly setLongPolling: (allowed: boolean) => void;
  /** What a failed invocation had in hand comes again at once, and not when its visibility timeout is over. */
  readonly redeliversAtOnce: boolean;
};

/** The longest wait that SQS allows, and the one with which Lambda polls. */
const longPollS = 20;

/**
 * Polls a queue for a function as Lambda does. What the function has done is deleted; what it failed, or what it was
 * doing when it died, stays hidden until its visibility timeout runs out.
 */
export function createEventSourceMapping(
  { logicalId, queue, batchSize, maximumConcurrency, reportsFailures }: EventSourceSettings,
  { sqs, region, target, setLongPolling, redeliversAtOnce }: EventSourcePorts,
): EventSourceMapping {
  // A batch must not wait for a process: its visibility timeout runs already.
  const concurrency = Math.min(maximumConcurrency, mostProcesses);
  const invocations = new Set<Promise<void>>();
  let polling: Promise<void> | undefined;
  let stopping = false;

  async function poll(): Promise<void> {
    while (!stopping) {
      const messages = await receive();
      if (messages.length > 0) track(deliver(messages));
      if (invocations.size >= concurrency) await Promise.race(invocations);
    }
  }

  async function receive(): Promise<readonly Message[]> {
    const request = new ReceiveMessageCommand({
      QueueUrl: queue.url,
      MaxNumberOfMessages: batchSize,
      WaitTimeSeconds: longPollS,
      MessageSystemAttributeNames: ["All"],
      MessageAttributeNames: ["All"],
    });
    // A failed poll is repeated, as by Lambda; the SDK has already waited between its own attempts.
    const response = await sqs.send(request).catch(() => undefined);
    return response?.Messages ?? [];
  }

  async function deliver(messages: readonly Message[]): Promise<void> {
    const result = await target.invoke(sqsEvent(messages, queue, region));
    if (!result.ok) return redeliversAtOnce ? giveBack(messages) : undefined;
    const failures = reportsFailures ? readFailures(result.payload, messages) : new Set<string>();
    if (failures === "all") return;
    const done = messages.filter(({ MessageId = "" }) => !failures.has(MessageId));
    if (done.length === 0) return;
    const Entries = entriesOf(done);
    // What cannot be deleted is delivered again: at least once is all that SQS promises.
    await sqs.send(new DeleteMessageBatchCommand({ QueueUrl: queue.url, Entries })).catch(() => undefined);
  }

  async function giveBack(messages: readonly Message[]): Promise<void> {
    const Entries = entriesOf(messages).map((entry) => ({ ...entry, VisibilityTimeout: 0 }));
    await sqs.send(new ChangeMessageVisibilityBatchCommand({ QueueUrl: queue.url, Entries })).catch(() => undefined);
  }

  function track(invocation: Promise<void>): void {
    invocations.add(invocation);
    invocation.finally(() => invocations.delete(invocation));
  }

  return {
    logicalId,
    queueName: queue.name,
    concurrency,
    underway: () => invocations.size,
    start() {
      if (polling) return;
      stopping = false;
      setLongPolling(true);
      polling = poll();
    },
    async stop() {
      stopping = true;
      setLongPolling(false);
      await polling;
      await Promise.all(invocations);
      polling = undefined;
    },
  };
}

function entriesOf(messages: readonly Message[]) {
  return messages.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle }));
}
