import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { afterAll, describe, expect, it } from "vitest";
import { bootStack } from "../../local/boot.ts";
import { eventSourceResource, fifoQueue, fixtureStack, functionResource, lineOf } from "./fixture-stack.ts";

type Received = { name: string; receives: number };

const closers: (() => Promise<void>)[] = [];

afterAll(() => Promise.all(closers.map((close) => close())));

/** Boots a queue whose event source is stopped, so that what is sent before its start arrives in one batch. */
async function boot({
  visibilityS = 2,
  maxReceiveCount = 10,
  source = {},
  timeoutS = 10,
  redeliversAtOnce = false,
} = {}) {
  const cloud = await bootStack(
    fixtureStack({
      Letters: fifoQueue(),
      Mailbox: fifoQueue({
        VisibilityTimeout: visibilityS,
        RedrivePolicy: { deadLetterTargetArn: { "Fn::GetAtt": ["Letters", "Arn"] }, maxReceiveCount },
      }),
      Consumer: functionResource("consumer", { timeoutS }),
      Source: eventSourceResource("Mailbox", "Consumer", source),
    }),
    { redeliversAtOnce },
  );
  const credentials = { accessKeyId: "test", secretAccessKey: "local" };
  const client = new SQSClient({ endpoint: cloud.gateway.url, region: "us-east-1", credentials });
  closers.push(async () => {
    client.destroy();
    await cloud.close();
  });
  await cloud.eventSource("Consumer").stop();
  // A cold start on a busy machine may outlast the visibility timeout.
  await cloud.functionProcess("Consumer").invoke({ Records: [] });

  return {
    ...cloud,
    start: () => cloud.eventSource("Consumer").start(),
    async send(...bodies: string[]) {
      for (const body of bodies) {
        const group = body.slice(0, 1);
        await client.send(
          new SendMessageCommand({ QueueUrl: cloud.queues.url("Mailbox"), MessageBody: body, MessageGroupId: group }),
        );
      }
    },
    empty: () =>
      cloud.queues.until(() => {
        const { ready, inFlight } = cloud.queues.depth("Mailbox");
        return ready + inFlight === 0;
      }, 30_000),
    /** What each invocation received: names, and how often each was received by then. */
    batches: () =>
      cloud.logs
        .lines()
        .filter(({ line }) => line.startsWith("[{"))
        .map(({ line }) => (JSON.parse(line) as Received[]).map(({ name, receives }) => `${name}/${receives}`)),
    deletions: () => cloud.counts().find(({ operation }) => operation === "DeleteMessageBatch")?.requests ?? 0,
  };
}

describe.concurrent("an event source", () => {
  it("delivers several messages of several groups in one invocation, and deletes them in one request", async () => {
    const { send, start, empty, batches, deletions } = await boot();
    await send("a1", "b1", "a2", "a3");

    start();
    await empty();

    expect(batches()).toEqual([["a1/1", "a2/1", "a3/1", "b1/1"]]);
    expect(deletions()).toBe(1);
  });

  it("delivers again what the function failed, and only that", async () => {
    const { send, start, empty, batches } = await boot();
    await send("a1", "a2:fail:1", "b1");

    start();
    await empty();

    expect(batches()).toEqual([["a1/1", "a2/1", "b1/1"], ["a2/2"]]);
  });

  it.each([["throw"], ["crash"], ["malformed"]])("delivers the whole batch again after: %s", async (command) => {
    const { send, start, empty, batches, deletions } = await boot();
    await send("a1", `a2:${command}:1`, "b1");

    start();
    await empty();

    expect(batches()[0]).toEqual(["a1/1", "a2/1", "b1/1"]);
    expect(batches().slice(1).flat().sort()).toEqual(["a1/2", "a2/2", "b1/2"]);
    expect(deletions()).toBe(batches().length - 1);
  });

  it("delivers a batch again, in order, when its process was killed", async () => {
    // Longer than a cold start takes, however busy the machine is: it may not run out a second time.
    const cloud = await boot({ visibilityS: 6 });
    await cloud.send("a1", "a2:hang:1", "a3");
    cloud.start();
    await lineOf(cloud, (line) => line.includes('"name":"a2"'));

    cloud.functionProcess("Consumer").kill();
    await cloud.empty();

    expect(cloud.batches()).toEqual([
      ["a1/1", "a2/1", "a3/1"],
      ["a1/2", "a2/2", "a3/2"],
    ]);
  });

  it("delivers what a crashed function had in hand at once, where it is told to", async () => {
    const { send, start, empty, batches } = await boot({ visibilityS: 300, redeliversAtOnce: true });
    await send("a1", "a2:crash:1", "b1");

    start();
    await empty();

    expect(batches()).toEqual([
      ["a1/1", "a2/1", "b1/1"],
      ["a1/2", "a2/2", "b1/2"],
    ]);
  });

  it("delivers a batch again after the function's time is over", async () => {
    const { send, start, empty, batches, logs } = await boot({ timeoutS: 1 });
    await send("a1:hang:1");

    start();
    await empty();

    expect(batches()).toEqual([["a1/1"], ["a1/2"]]);
    expect(logs.lines().map(({ line }) => line)).toContain("Sandbox.Timedout: Task timed out after 1 seconds");
  });

  it("leaves a message to the dead-letter queue after its last receive, and its group goes on", async () => {
    const { send, start, empty, batches, queues } = await boot({ maxReceiveCount: 2 });
    await send("a1:fail:9", "b1");
    start();

    await queues.until(() => queues.depth("Letters").ready === 1, 30_000);
    await send("a2");
    await empty();

    expect(queues.messages("Letters")).toMatchObject([{ body: "a1:fail:9", group: "a" }]);
    expect(batches().flat()).toEqual(["a1/1", "b1/1", "a1/2", "a2/1"]);
  });

  it("deletes everything when the function does not report failures", async () => {
    const { send, start, empty, batches } = await boot({ source: { FunctionResponseTypes: [] } });
    await send("a1:malformed:1", "a2:fail:1");

    start();
    await empty();

    expect(batches()).toEqual([["a1/1", "a2/1"]]);
  });

  it("holds to its batch size and its concurrency", async () => {
    const source = { BatchSize: 1, ScalingConfig: { MaximumConcurrency: 2 } };
    const cloud = await boot({ visibilityS: 30, source });
    await cloud.send("a1:hang:1", "b1:hang:1", "c1");
    cloud.start();
    await lineOf(cloud, (line) => line.includes('"name":"a1"'));
    await lineOf(cloud, (line) => line.includes('"name":"b1"'));

    expect(cloud.queues.depth("Mailbox")).toMatchObject({ ready: 1, inFlight: 2 });

    cloud.functionProcess("Consumer").kill();
    await lineOf(cloud, (line) => line.includes('"name":"c1"'));
    expect(cloud.batches().at(-1)).toEqual(["c1/1"]);
  });
});
