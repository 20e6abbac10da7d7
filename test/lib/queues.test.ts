import { Match } from "aws-cdk-lib/assertions";
import { describe, expect, it } from "vitest";
import { assemblyDirectory, flat, resources, synthesize, withoutHash } from "./synthesis.ts";

const [template] = synthesize(assemblyDirectory(), { stage: "prod" });
if (!template) throw new Error("There is no template");

const queues = resources(template, "AWS::SQS::Queue");
const isDeadLetterQueue = ({ id }: { id: string }) => id.includes("DeadLetters");

describe("the mailbox", () => {
  it("is a FIFO queue in high throughput mode that EventBridge Scheduler accepts as a target", () => {
    template.hasResourceProperties("AWS::SQS::Queue", {
      FifoQueue: true,
      ContentBasedDeduplication: true,
      DeduplicationScope: "messageGroup",
      FifoThroughputLimit: "perMessageGroupId",
      VisibilityTimeout: 60,
      RedrivePolicy: Match.objectLike({ maxReceiveCount: 100 }),
    });
  });
});

describe("every queue", () => {
  it("has a dead-letter queue of its own kind, which keeps what it gets for 14 days", () => {
    const sources = queues.filter((queue) => !isDeadLetterQueue(queue));
    const pairs = sources.map(({ id, properties }) => {
      const policy = properties.RedrivePolicy as { deadLetterTargetArn: unknown };
      const target = queues.find((queue) => flat(policy.deadLetterTargetArn) === `<${withoutHash(queue.id)}.Arn>`);
      return [
        withoutHash(id),
        properties.FifoQueue ?? false,
        target?.properties.FifoQueue ?? false,
        target?.properties.MessageRetentionPeriod,
      ];
    });

    expect(pairs).toEqual([
      ["MailboxQueue", true, true, 14 * 86_400],
      ["DelayedLaneQueue", false, false, 14 * 86_400],
    ]);
  });

  it("is encrypted and refuses plain HTTP", () => {
    const policies = resources(template, "AWS::SQS::QueuePolicy").map(({ properties }) => JSON.stringify(properties));

    for (const { id, properties } of queues) {
      expect(properties).toMatchObject({ SqsManagedSseEnabled: true });
      const policy = policies.find((text) => text.includes(id));
      expect(policy).toContain('"Condition":{"Bool":{"aws:SecureTransport":"false"}},"Effect":"Deny"');
    }
  });

  it("raises an alarm as soon as a dead letter lies there", () => {
    const watched = resources(template, "AWS::CloudWatch::Alarm").map(({ properties }) => {
      const [dimension] = properties.Dimensions as [{ Value: unknown }];
      return [flat(dimension.Value), properties.MetricName, properties.Threshold, properties.ComparisonOperator];
    });

    expect(watched).toEqual(
      queues
        .filter(isDeadLetterQueue)
        .map(({ id }) => [
          `<${withoutHash(id)}.QueueName>`,
          "ApproximateNumberOfMessagesVisible",
          1,
          "GreaterThanOrEqualToThreshold",
        ]),
    );
  });
});

describe("every event source", () => {
  const sources = resources(template, "AWS::Lambda::EventSourceMapping");

  it("takes ten messages at once without waiting, fails them one by one, and cannot eat the account's concurrency", () => {
    expect(sources.map(({ properties }) => flat(properties.EventSourceArn))).toEqual([
      "<DelayedLaneQueue.Arn>",
      "<MailboxQueue.Arn>",
    ]);
    for (const { properties } of sources) {
      expect(properties).toMatchObject({
        BatchSize: 10,
        FunctionResponseTypes: ["ReportBatchItemFailures"],
        ScalingConfig: { MaximumConcurrency: 20 },
      });
      expect(properties).not.toHaveProperty("MaximumBatchingWindowInSeconds");
      expect(properties).not.toHaveProperty("ProvisionedPollerConfig");
    }
  });

  it("hides a message for longer than its function may run", () => {
    const functions = resources(template, "AWS::Lambda::Function");
    for (const { properties } of sources) {
      const fn = functions.find(({ id }) => flat(properties.FunctionName) === `<${withoutHash(id)}>`);
      const queue = queues.find(({ id }) => flat(properties.EventSourceArn) === `<${withoutHash(id)}.Arn>`);
      expect(Number(queue?.properties.VisibilityTimeout)).toBeGreaterThan(Number(fn?.properties.Timeout));
    }
  });
});

describe("the local cloud's timings", () => {
  it("shorten both visibility timeouts and the life of a configuration, and nothing else", () => {
    const [, local] = synthesize(
      assemblyDirectory(),
      { stage: "prod" },
      { stage: "local", localTimings: { visibilityTimeoutS: 2, configurationTtlS: 1 } },
    );

    const timeouts = local && resources(local, "AWS::SQS::Queue").map(({ properties }) => properties.VisibilityTimeout);
    const lives = local && JSON.stringify(local.toJSON()).match(/"CONFIGURATION_TTL_S":"\d+"/g);

    expect(timeouts).toEqual([undefined, 2, undefined, 2, undefined]);
    expect(new Set(lives)).toEqual(new Set(['"CONFIGURATION_TTL_S":"1"']));
  });
});
