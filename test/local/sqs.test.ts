import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Sqs, startSqs } from "../../local/emulators/sqs.ts";
import { type Gateway, startGateway } from "../../local/gateway.ts";

let gateway: Gateway;
let sqs: Sqs;
let client: SQSClient;
let queue: string;
let created = 0;

beforeAll(async () => {
  gateway = await startGateway();
  sqs = await startSqs();
  gateway.connect("sqs", sqs.backend);
  const credentials = { accessKeyId: "test", secretAccessKey: "local" };
  client = new SQSClient({ endpoint: gateway.url, region: "us-east-1", credentials, maxAttempts: 1 });
});

afterAll(async () => {
  client.destroy();
  await sqs.close();
  await gateway.close();
});

const urlOf = (name: string) => `${gateway.url}/000000000000/${name}`;

function createQueue(attributes: Record<string, string>): string {
  created += 1;
  const name = `queue-${created}${attributes.FifoQueue ? ".fifo" : ""}`;
  sqs.createQueue({ name, arn: `arn:aws:sqs:us-east-1:000000000000:${name}`, url: urlOf(name), attributes });
  return name;
}

beforeEach(() => {
  queue = createQueue({ FifoQueue: "true", ContentBasedDeduplication: "true", DeduplicationScope: "messageGroup" });
});

function send(body: string, group: string, more: { MessageDeduplicationId?: string; DelaySeconds?: number } = {}) {
  return client.send(
    new SendMessageCommand({ QueueUrl: urlOf(queue), MessageBody: body, MessageGroupId: group, ...more }),
  );
}

async function receive(visibilityTimeoutS = 30) {
  const { Messages = [] } = await client.send(
    new ReceiveMessageCommand({
      QueueUrl: urlOf(queue),
      MaxNumberOfMessages: 10,
      VisibilityTimeout: visibilityTimeoutS,
      MessageSystemAttributeNames: ["All"],
    }),
  );
  return Messages;
}

const bodies = (messages: Awaited<ReturnType<typeof receive>>) => messages.map(({ Body }) => Body);

describe("a receive from a FIFO queue", () => {
  it("hands out several messages of a group, in order, before the next group", async () => {
    for (const body of ["a1", "b1", "a2", "b2", "a3"]) await send(body, body.slice(0, 1));

    expect(bodies(await receive())).toEqual(["a1", "a2", "a3", "b1", "b2"]);
  });

  it("hands out at most ten", async () => {
    for (let index = 0; index < 12; index += 1) await send(String(index), "a");

    expect(bodies(await receive())).toEqual(["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"]);
  });

  it("hands out nothing of a group while any message of it is in flight", async () => {
    await send("a1", "a");
    await send("a2", "a");
    const [first, second] = await receive();
    await send("a3", "a");
    await client.send(new DeleteMessageCommand({ QueueUrl: urlOf(queue), ReceiptHandle: first?.ReceiptHandle ?? "" }));

    expect(await receive()).toEqual([]);

    await client.send(new DeleteMessageCommand({ QueueUrl: urlOf(queue), ReceiptHandle: second?.ReceiptHandle ?? "" }));
    expect(bodies(await receive())).toEqual(["a3"]);
  });

  it("hands out again in the order of sending what became visible again", async () => {
    for (const body of ["a1", "a2", "a3"]) await send(body, "a");

    for (const { ReceiptHandle } of await receive()) {
      await client.send(
        new ChangeMessageVisibilityCommand({ QueueUrl: urlOf(queue), ReceiptHandle, VisibilityTimeout: 0 }),
      );
    }

    const again = await receive();
    expect(bodies(again)).toEqual(["a1", "a2", "a3"]);
    expect(again[0]?.Attributes).toMatchObject({ ApproximateReceiveCount: "2", MessageGroupId: "a" });
  });

  it("hands out again in the order of sending what ran out of its visibility timeout", async () => {
    for (const body of ["a1", "a2", "a3"]) await send(body, "a");
    await receive(1);

    await expect.poll(async () => bodies(await receive()), { timeout: 5000 }).toEqual(["a1", "a2", "a3"]);
  });
});

describe("de-duplication within message groups", () => {
  it("takes equal ids in two groups for two messages, and shows the ids as they were sent", async () => {
    await send("one", "a", { MessageDeduplicationId: "id" });
    await send("two", "b", { MessageDeduplicationId: "id" });
    await send("three", "a", { MessageDeduplicationId: "id" });

    const received = await receive();

    expect(bodies(received)).toEqual(["one", "two"]);
    expect(received.map(({ Attributes }) => Attributes?.MessageDeduplicationId)).toEqual(["id", "id"]);
  });

  it("takes equal bodies in one group for one message", async () => {
    await send("same", "a");
    await send("same", "a");
    await send("same", "b");

    expect(await receive()).toHaveLength(2);
  });
});

describe("what SQS refuses", () => {
  it.each([["ü"], ["a b"], ["x".repeat(129)]])("the message group id %j", async (group) => {
    await expect(send("body", group)).rejects.toMatchObject({ name: "InvalidParameterValue" });
  });

  it("a de-duplication id with a space", async () => {
    await expect(send("body", "a", { MessageDeduplicationId: "a b" })).rejects.toMatchObject({
      name: "InvalidParameterValue",
    });
  });

  it("a delay of one message of a FIFO queue", async () => {
    await expect(send("body", "a", { DelaySeconds: 1 })).rejects.toThrow("invalid");
  });

  it("a message of more than 1 MiB, and no message of exactly that", async () => {
    await send("x".repeat(1_048_576), "a");

    await expect(send("x".repeat(1_048_577), "a")).rejects.toThrow("invalid");
  });

  it("one entry of a batch, and not the others", async () => {
    const Entries = ["good", "b a d", "fine"].map((MessageGroupId, index) => ({
      Id: String(index),
      MessageBody: "body",
      MessageGroupId,
    }));

    const { Successful, Failed } = await client.send(new SendMessageBatchCommand({ QueueUrl: urlOf(queue), Entries }));

    expect(Successful?.map(({ Id }) => Id)).toEqual(["0", "2"]);
    expect(Failed).toMatchObject([{ Id: "1", SenderFault: true, Code: "InvalidParameterValue" }]);
  });
});

describe("a queue looked at from outside", () => {
  it("shows what is in flight, ready and delayed without receiving it", async () => {
    queue = createQueue({ VisibilityTimeout: "30" });
    for (const body of ["first", "second"]) {
      await client.send(new SendMessageCommand({ QueueUrl: urlOf(queue), MessageBody: body }));
    }
    await client.send(new SendMessageCommand({ QueueUrl: urlOf(queue), MessageBody: "later", DelaySeconds: 60 }));
    await client.send(new ReceiveMessageCommand({ QueueUrl: urlOf(queue), MaxNumberOfMessages: 1 }));

    expect(sqs.depth(queue)).toEqual({ ready: 1, inFlight: 1, delayed: 1 });
    expect(sqs.messages(queue).map(({ body, place, receives }) => [body, place, receives])).toEqual([
      ["first", "in flight", 1],
      ["second", "ready", 0],
      ["later", "delayed", 0],
    ]);
  });
});
