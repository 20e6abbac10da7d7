import { afterEach, describe, expect, it } from "vitest";
import type { AwsCall } from "../../local/aws-protocol.ts";
import { bootStack, type LocalCloud } from "../../local/boot.ts";
import { neededPermissions } from "../../local/needed-permissions.ts";
import { readPermissions } from "../../local/permissions.ts";
import { resolveStack } from "../../local/template/stack.ts";
import type { Resource } from "../../local/template/template.ts";
import {
  eventSourceResource,
  fifoQueue,
  fixtureStack,
  functionResource,
  lineOf,
  roleResource,
} from "./fixture-stack.ts";

const addresses = {
  gatewayUrl: "http://127.0.0.1:1",
  publicUrl: "http://127.0.0.1:2",
  functionUrl: "http://127.0.0.1:3",
};
const roleArn = (resources: Record<string, Resource>) =>
  resolveStack(fixtureStack(resources), addresses).find(({ logicalId }) => logicalId === "Role")?.attributes.Arn ?? "";

function may(resources: Record<string, Resource>, action: string, resource: string): boolean {
  const permissions = readPermissions(resolveStack(fixtureStack(resources), addresses));
  return permissions.allows(roleArn(resources), action, resource);
}

const policy = (Effect: string, Action: string, Resource: string): Resource => ({
  Type: "AWS::IAM::Policy",
  Properties: { Roles: [{ Ref: "Role" }], PolicyDocument: { Statement: [{ Effect, Action, Resource }] } },
});

describe("a role", () => {
  const role = roleResource(["sqs:SendMessage", "ssm:Get*"], ["arn:aws:sqs:*:*:mailbox", "arn:aws:ssm:*/config"]);

  it.each([
    ["sqs:SendMessage", "arn:aws:sqs:us-east-1:000000000000:mailbox", true],
    ["sqs:SendMessage", "arn:aws:sqs:us-east-1:000000000000:mailbox-dead", false],
    ["sqs:DeleteMessage", "arn:aws:sqs:us-east-1:000000000000:mailbox", false],
    ["ssm:GetParameters", "arn:aws:ssm:us-east-1:000000000000:parameter/a/config", true],
  ])("%s on %s: %s", (action, resource, expected) => {
    expect(may({ Role: role }, action, resource)).toBe(expected);
  });

  it("may do what an attached policy allows, unless another denies it", () => {
    const allowed = { Role: roleResource([]), Policy: policy("Allow", "sqs:*", "*") };

    expect(may(allowed, "sqs:SendMessage", "arn:aws:sqs:::q")).toBe(true);
    expect(may({ ...allowed, Deny: policy("Deny", "sqs:Send*", "*") }, "sqs:SendMessage", "arn:aws:sqs:::q")).toBe(
      false,
    );
  });
});

describe("grants", () => {
  it("given calls that were allowed, then the others were granted for nothing", () => {
    const resources = { Role: roleResource(["sqs:SendMessage", "sqs:DeleteMessage"], ["arn:aws:sqs:*:*:mailbox"]) };
    const permissions = readPermissions(resolveStack(fixtureStack(resources), addresses));

    permissions.allows(roleArn(resources), "sqs:SendMessage", "arn:aws:sqs:us-east-1:000000000000:mailbox");
    permissions.allows(roleArn(resources), "sqs:DeleteMessage", "arn:aws:sqs:us-east-1:000000000000:other");

    expect(permissions.grants().map(({ action, used }) => ({ action, used }))).toEqual([
      { action: "sqs:SendMessage", used: true },
      { action: "sqs:DeleteMessage", used: false },
    ]);
  });
});

describe("a request needs", () => {
  const sqs = "arn:aws:sqs:us-east-1:000000000000";
  const needs: readonly [Pick<AwsCall, "service" | "operation" | "input">, readonly string[]][] = [
    [
      { service: "sqs", operation: "SendMessageBatch", input: { QueueUrl: "http://127.0.0.1:1/000000000000/q" } },
      [`sqs:SendMessage ${sqs}:q`],
    ],
    [
      { service: "dynamodb", operation: "Query", input: { TableName: "t", IndexName: "i" } },
      ["dynamodb:Query arn:aws:dynamodb:us-east-1:000000000000:table/t/index/i"],
    ],
    [
      { service: "dynamodb", operation: "BatchWriteItem", input: { RequestItems: { t: [] } } },
      ["dynamodb:BatchWriteItem arn:aws:dynamodb:us-east-1:000000000000:table/t"],
    ],
    [
      { service: "ssm", operation: "GetParameters", input: { Names: ["/a", "/b"] } },
      ["a", "b"].map((name) => `ssm:GetParameters arn:aws:ssm:us-east-1:000000000000:parameter/${name}`),
    ],
    [
      { service: "events", operation: "PutEvents", input: { Entries: [{ EventBusName: "bus" }] } },
      ["events:PutEvents arn:aws:events:us-east-1:000000000000:event-bus/bus"],
    ],
    [
      {
        service: "scheduler",
        operation: "CreateSchedule",
        input: { Name: "n", GroupName: "g", Target: { RoleArn: "arn:aws:iam::000000000000:role/r" } },
      },
      [
        "scheduler:CreateSchedule arn:aws:scheduler:us-east-1:000000000000:schedule/g/n",
        "iam:PassRole arn:aws:iam::000000000000:role/r",
      ],
    ],
    [
      { service: "bedrock", operation: "Converse", input: { modelId: "amazon.nova-lite-v1:0" } },
      ["bedrock:InvokeModel arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-lite-v1:0"],
    ],
    [
      { service: "bedrock", operation: "Converse", input: { modelId: "eu.amazon.nova-lite-v1:0" } },
      [
        "bedrock:InvokeModel arn:aws:bedrock:us-east-1:000000000000:inference-profile/eu.amazon.nova-lite-v1:0",
        "bedrock:InvokeModel arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-lite-v1:0",
      ],
    ],
    [
      {
        service: "bedrock",
        operation: "Converse",
        input: { modelId: "arn:aws:bedrock:us-east-1::foundation-model/m" },
      },
      ["bedrock:InvokeModel arn:aws:bedrock:us-east-1::foundation-model/m"],
    ],
    [
      { service: "bedrock", operation: "Retrieve", input: { knowledgeBaseId: "KB12345678" } },
      ["bedrock:Retrieve arn:aws:bedrock:us-east-1:000000000000:knowledge-base/KB12345678"],
    ],
  ];

  it.each(needs)("%j", (call, expected) => {
    const needed = neededPermissions({ ...call, caller: "Worker", processId: undefined });

    expect(needed.map(({ action, resource }) => `${action} ${resource}`)).toEqual(expected);
  });
});

describe("a function of the local cloud", () => {
  let cloud: LocalCloud | undefined;

  afterEach(() => cloud?.close());

  const polling = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"];
  const resources = {
    Mailbox: fifoQueue(),
    Caller: functionResource("caller", { variables: { TABLE_NAME: "table" } }),
    Source: eventSourceResource("Mailbox", "Caller"),
  };

  it("is refused what its role may not do, and the log says so", async () => {
    cloud = await bootStack(fixtureStack({ ...resources, Role: roleResource(polling) }));

    const result = await cloud.functionProcess("Caller").invoke({ Records: [{ body: "item" }] });

    expect(result).toMatchObject({ ok: false, error: { errorType: "AccessDeniedException" } });
    const { line } = await lineOf(cloud, (written) => written.startsWith("AccessDenied:"));
    expect(line).toBe(
      "AccessDenied: Caller may not dynamodb:PutItem on arn:aws:dynamodb:us-east-1:000000000000:table/table",
    );
  });

  it("cannot be fed by a queue that its role may not receive from", async () => {
    const boot = bootStack(fixtureStack({ ...resources, Role: roleResource(polling.slice(1)) }));

    await expect(boot).rejects.toThrow("Resources.Source: the role of Caller may not sqs:ReceiveMessage");
  });
});
