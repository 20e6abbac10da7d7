import { DynamoDBClient, ScanCommand } from "@aws-sdk/client-dynamodb";
import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { afterEach, describe, expect, it } from "vitest";
import { bootStack, type LocalCloud } from "../../local/boot.ts";
import type { Resource } from "../../local/template/template.ts";
import {
  eventSourceResource,
  fifoQueue,
  fixtureStack,
  functionResource,
  httpApiResources,
  lineOf,
} from "./fixture-stack.ts";

const clouds: LocalCloud[] = [];

afterEach(() => Promise.all(clouds.splice(0).map((cloud) => cloud.close())));

async function boot(resources: Record<string, Resource>): Promise<LocalCloud> {
  const cloud = await bootStack(fixtureStack(resources));
  clouds.push(cloud);
  return cloud;
}

const table: Resource = {
  Type: "AWS::DynamoDB::Table",
  Properties: {
    AttributeDefinitions: ["pk", "sk"].map((AttributeName) => ({ AttributeName, AttributeType: "S" })),
    KeySchema: [
      { AttributeName: "pk", KeyType: "HASH" },
      { AttributeName: "sk", KeyType: "RANGE" },
    ],
    BillingMode: "PAY_PER_REQUEST",
    TimeToLiveSpecification: { AttributeName: "expiresAt", Enabled: true },
    PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
  },
};

const writer = {
  Table: table,
  Mailbox: fifoQueue({ VisibilityTimeout: 1 }),
  Caller: functionResource("caller", { variables: { TABLE_NAME: { Ref: "Table" } } }),
  Source: eventSourceResource("Mailbox", "Caller"),
};

function clientOf(cloud: LocalCloud) {
  return {
    endpoint: cloud.gateway.url,
    region: "us-east-1",
    credentials: { accessKeyId: "test", secretAccessKey: "local" },
  };
}

async function send(cloud: LocalCloud, body: string): Promise<void> {
  const client = new SQSClient(clientOf(cloud));
  const QueueUrl = cloud.queues.url("Mailbox");
  await client.send(new SendMessageCommand({ QueueUrl, MessageBody: body, MessageGroupId: "a" }));
  client.destroy();
}

async function keys(cloud: LocalCloud): Promise<readonly (string | undefined)[]> {
  const client = new DynamoDBClient(clientOf(cloud));
  const TableName = cloud.functionProcess("Caller").settings.variables.TABLE_NAME;
  const { Items = [] } = await client.send(new ScanCommand({ TableName }));
  client.destroy();
  return Items.map(({ pk }) => pk?.S);
}

describe("a process killed by an interception", () => {
  it.each([
    ["before", []],
    ["after", ["item"]],
  ] as const)("%s a write took effect: its message comes again", async (moment, written) => {
    const cloud = await boot(writer);
    const { logicalId } = cloud.functionProcess("Caller").settings;
    let seen: readonly (string | undefined)[] | undefined;
    cloud.gateway.intercept({
      caller: logicalId,
      operation: "PutItem",
      nth: 1,
      moment,
      act: async ({ processId }) => {
        cloud.functionProcess("Caller").kill(processId);
        seen = await keys(cloud);
        return "drop" as const;
      },
    });

    await send(cloud, "item");
    await lineOf(cloud, (line) => line === "written item");

    expect(seen).toEqual(written);
    expect(await keys(cloud)).toEqual(["item"]);
    // A busy machine may see the message again before its second process has answered.
    expect(cloud.functionProcess("Caller").coldStarts()).toBeGreaterThanOrEqual(2);
  });
});

describe("a boot", () => {
  it("tells of its steps, and what it serves", async () => {
    const steps: string[] = [];
    const stack = fixtureStack({ Echo: functionResource("echo"), ...httpApiResources("Echo", ["GET /{page}"]) });
    const cloud = await bootStack(stack, { onProgress: (step) => steps.push(step) });
    clouds.push(cloud);

    expect(steps.at(-1)).toBe(`serving ${cloud.url}`);
    expect((await fetch(`${cloud.url}/page`)).status).toBe(200);
  });

  it("listens on the port that it is given, and leaves it free when it is closed, even twice", async () => {
    const first = await boot({});
    const port = Number(new URL(first.url).port);
    await Promise.all([first.close(), first.close()]);
    await first.close();

    const second = await bootStack(fixtureStack({}), { port });
    clouds.push(second);
    expect(second.url).toBe(first.url);
  });

  it("leaves nothing running when it fails half way", async () => {
    const taken = await boot({});
    const port = Number(new URL(taken.url).port);
    await taken.close();
    const misspelt = { ...writer, Source: eventSourceResource("Mailbox", "Caller", { FilterCriteria: {} }) };

    await expect(bootStack(fixtureStack(misspelt), { port })).rejects.toThrow("FilterCriteria");

    const again = await bootStack(fixtureStack({}), { port });
    clouds.push(again);
    expect(again.url).toBe(taken.url);
  });

  it.each<[string, Record<string, Resource>, string]>([
    ["an unknown property", { Mailbox: fifoQueue({ Colour: "red" }) }, "Colour"],
    [
      "an event source of a queue that is none of the stack's",
      { ...writer, Source: eventSourceResource("Mailbox", "Caller", { EventSourceArn: "arn:aws:sqs:::other" }) },
      "EventSourceArn is nothing of this stack: arn:aws:sqs:::other",
    ],
    [
      "a FIFO queue with a standard dead-letter queue",
      {
        Letters: { Type: "AWS::SQS::Queue" },
        Mailbox: fifoQueue({
          RedrivePolicy: { deadLetterTargetArn: { "Fn::GetAtt": ["Letters", "Arn"] }, maxReceiveCount: 3 },
        }),
      },
      "Resources.Mailbox: its dead-letter queue must be FIFO",
    ],
    [
      "an HTTP API without a stage",
      { Api: { Type: "AWS::ApiGatewayV2::Api", Properties: { Name: "Api", ProtocolType: "HTTP" } } },
      "Resources.Api: it has no stage",
    ],
  ])("refuses %s", async (_, resources, message) => {
    await expect(bootStack(fixtureStack(resources))).rejects.toThrow(message);
  });

  it("finds a function by the beginning of its logical id, and says what there is when it finds none", async () => {
    const cloud = await boot({ ActorWorkerFunctionABC: functionResource("echo"), Relay: functionResource("echo") });

    expect(cloud.functionProcess("actor-worker").settings.logicalId).toBe("ActorWorkerFunctionABC");
    expect(() => cloud.functionProcess("writer")).toThrow(
      "writer means none or several of: ActorWorkerFunctionABC, Relay",
    );
  });
});
