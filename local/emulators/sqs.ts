import { buildApp } from "fauxqs";
import { type SqsQueue, SqsStore } from "../../node_modules/fauxqs/dist/sqs/sqsStore.js";
import { type AwsRequest, type Backend, errorResponse, forwardTo, jsonResponse } from "../aws-protocol.ts";
import type { HttpResponse } from "../http-server.ts";
import { behaveAsSqs } from "./sqs-queue.ts";
import { refusal, type Sent, withGroup } from "./sqs-rules.ts";

export type QueueSettings = {
  readonly name: string;
  readonly arn: string;
  readonly url: string;
  /** As SQS writes them: all strings. */
  readonly attributes: Readonly<Record<string, string>>;
};

export type StoredMessage = {
  readonly id: string;
  readonly body: string;
  readonly group: string | undefined;
  readonly receives: number;
  readonly place: "ready" | "in flight" | "delayed";
};

export type Depth = { readonly ready: number; readonly inFlight: number; readonly delayed: number };

export type Sqs = {
  readonly backend: Backend;
  createQueue(settings: QueueSettings): void;
  /** What a queue holds, looked at without receiving it. The name is the queue's, not its URL. */
  messages(queueName: string): readonly StoredMessage[];
  depth(queueName: string): Depth;
  /** Tells of each message sent, received or deleted. Returns the way to stop. */
  onChange(listener: () => void): () => void;
  /** While false, long polls of this queue end at once, those under way included, as if their time were up. */
  setLongPolling(queueName: string, allowed: boolean): void;
  close(): Promise<void>;
};

/** SQS, played by fauxqs over the network, with what SQS enforces and fauxqs does not. In memory only. */
export async function startSqs(): Promise<Sqs> {
  const store = new SqsStore();
  const listeners = new Set<() => void>();
  const impatient = new Set<SqsQueue>();
  // The stores of the emulator's other services make themselves; its types ask for them nonetheless.
  const stores = { sqsStore: store } as NonNullable<NonNullable<Parameters<typeof buildApp>[0]>["stores"]>;
  const app = buildApp({ logger: false, stores });
  const emulator = forwardTo(await app.listen({ port: 0, host: "127.0.0.1" }));

  function queueOf(name: string) {
    const queue = store.getQueueByName(name);
    if (!queue) throw new Error(`There is no queue ${name}`);
    return queue;
  }

  function scoped(queueUrl: unknown, sent: Sent): Sent {
    const queue = store.getQueue(String(queueUrl));
    return queue?.attributes.DeduplicationScope === "messageGroup" ? withGroup(sent) : sent;
  }

  async function send(request: AwsRequest): Promise<HttpResponse> {
    const input = request.call.input;
    const refused = refusal(input);
    return refused ? errorResponse(refused) : emulator.backend(withInput(request, scoped(input.QueueUrl, input)));
  }

  async function sendBatch(request: AwsRequest): Promise<HttpResponse> {
    const { QueueUrl, Entries = [] } = request.call.input as { QueueUrl?: string; Entries?: readonly Sent[] };
    const failed = Entries.flatMap((entry) => {
      const refused = refusal(entry);
      return refused ? [{ Id: entry.Id, SenderFault: true, Code: refused.code, Message: refused.message }] : [];
    });
    if (failed.length > 0 && failed.length === Entries.length) return jsonResponse({ Successful: [], Failed: failed });
    const accepted = Entries.filter((entry) => !refusal(entry)).map((entry) => scoped(QueueUrl, entry));
    const response = await emulator.backend(withInput(request, { QueueUrl, Entries: accepted }));
    if (failed.length === 0 || response.status !== 200) return response;
    const output = JSON.parse(String(response.body)) as { Failed: unknown[] };
    return { ...response, body: JSON.stringify({ ...output, Failed: [...output.Failed, ...failed] }) };
  }

  return {
    async backend(request) {
      switch (request.call.operation) {
        case "SendMessage":
          return send(request);
        case "SendMessageBatch":
          return sendBatch(request);
        default:
          return emulator.backend(request);
      }
    },
    createQueue({ name, url, arn, attributes }) {
      const queue = store.createQueue(name, url, arn, { ...attributes });
      const wait = queue.waitForMessages.bind(queue);
      queue.waitForMessages = (waitTimeSeconds) => (impatient.has(queue) ? Promise.resolve() : wait(waitTimeSeconds));
      behaveAsSqs(queue, () => {
        for (const listener of listeners) listener();
      });
    },
    messages(queueName) {
      const queue = queueOf(queueName);
      queue.processTimers();
      const { ready, delayed, inflight } = queue.inspectMessages();
      const describe = (place: StoredMessage["place"]) => (message: (typeof ready)[number]) => ({
        id: message.messageId,
        body: message.body,
        group: message.messageGroupId,
        receives: message.approximateReceiveCount,
        place,
      });
      return [
        ...inflight.map(({ message }) => describe("in flight")(message)),
        ...ready.map(describe("ready")),
        ...delayed.map(describe("delayed")),
      ];
    },
    depth(queueName) {
      const queue = queueOf(queueName);
      queue.processTimers();
      const { ready, delayed, inflight } = queue.inspectMessages();
      return { ready: ready.length, inFlight: inflight.length, delayed: delayed.length };
    },
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    setLongPolling(queueName, allowed) {
      const queue = queueOf(queueName);
      if (allowed) impatient.delete(queue);
      else impatient.add(queue);
      if (!allowed) queue.cancelWaiters();
    },
    async close() {
      emulator.close();
      await app.close();
    },
  };
}

function withInput(request: AwsRequest, input: object): AwsRequest {
  return { ...request, body: Buffer.from(JSON.stringify(input)) };
}
