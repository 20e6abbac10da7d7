import { Match, type Template } from "aws-cdk-lib/assertions";
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

describe("the queue of jobs", () => {
  it("keeps them for a day, and tries one whose worker dies five times", () => {
    const jobs = queues.find(({ id }) => withoutHash(id) === "JobsQueue");
    expect(jobs?.properties).toMatchObject({
      FifoQueue: true,
      DeduplicationScope: "messageGroup",
      FifoThroughputLimit: "perMessageGroupId",
      MessageRetentionPeriod: 86_400,
      RedrivePolicy: { maxReceiveCount: 5 },
    });
  });
});

describe("the queue of pushes", () => {
  it("is there where it was asked for, tries a push for a day, and hides it for longer than its function may run", () => {
    const [pushing] = synthesize(assemblyDirectory(), { stage: "prod", concurrency: { pushers: 3 } });
    if (!pushing) throw new Error("There is no template");
    pushing.hasResourceProperties("AWS::SQS::Queue", {
      FifoQueue: true,
      DeduplicationScope: "messageGroup",
      FifoThroughputLimit: "perMessageGroupId",
      MessageRetentionPeriod: 4 * 86_400,
      VisibilityTimeout: 90,
      RedrivePolicy: Match.objectLike({ maxReceiveCount: 1_000 }),
    });
    const sources = resources(pushing, "AWS::Lambda::EventSourceMapping").map(({ properties }) => properties);
    const source = sources.find(({ EventSourceArn }) => flat(EventSourceArn) === "<PushesQueue.Arn>");
    expect(source).toMatchObject({
      BatchSize: 10,
      ScalingConfig: { MaximumConcurrency: 3 },
      FunctionResponseTypes: ["ReportBatchItemFailures"],
    });
    expect(queues.map(({ id }) => id).join()).not.toContain("Pushes");
  });

  it.each([-1, 1, 2.5, 1_001])("given %d pushers, then the synthesis fails and says why", (pushers) => {
    expect(() => synthesize(assemblyDirectory(), { stage: "prod", concurrency: { pushers } })).toThrow(
      `The number of pushers must be 0 or a whole number from 2 to 1000; received ${pushers}`,
    );
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
      ["JobsQueue", true, true, 14 * 86_400],
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
});

/** How many executions each event source may take. */
function maximums(of: Template): Readonly<Record<string, unknown>> {
  const [relays, workers, writers] = resources(of, "AWS::Lambda::EventSourceMapping").map(({ properties }) => {
    return (properties.ScalingConfig as { MaximumConcurrency: number }).MaximumConcurrency;
  });
  return { relays, workers, writers };
}

describe("every event source", () => {
  const sources = resources(template, "AWS::Lambda::EventSourceMapping");

  it("takes ten messages at once, but slow jobs one by one, without waiting, and fails them one by one", () => {
    expect(sources.map(({ properties }) => [flat(properties.EventSourceArn), properties.BatchSize])).toEqual([
      ["<DelayedLaneQueue.Arn>", 10],
      ["<MailboxQueue.Arn>", 10],
      ["<JobsQueue.Arn>", 1],
    ]);
    for (const { properties } of sources) {
      expect(properties).toMatchObject({ FunctionResponseTypes: ["ReportBatchItemFailures"] });
      expect(properties).not.toHaveProperty("MaximumBatchingWindowInSeconds");
      expect(properties).not.toHaveProperty("ProvisionedPollerConfig");
    }
  });

  it("leaves two of ten executions to the HTTP API: an account may have no more", () => {
    expect(maximums(template)).toEqual({ relays: 2, workers: 4, writers: 2 });
  });

  it("takes as many executions as the deployment says", () => {
    const concurrency = { workers: 50, relays: 20, writers: 10 };
    const [roomy] = synthesize(assemblyDirectory(), { stage: "prod", concurrency });
    expect(roomy && maximums(roomy)).toEqual(concurrency);
  });

  it.each([
    ["workers", 1],
    ["workers", Number.NaN],
    ["relays", 2.5],
    ["relays", 1_001],
    ["writers", 0],
  ])("given %s: %d, then the synthesis fails and says why", (kind, value) => {
    const deploy = () => synthesize(assemblyDirectory(), { stage: "prod", concurrency: { [kind]: value } });
    expect(deploy).toThrow(`The number of ${kind} must be a whole number from 2 to 1000; received ${value}`);
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
  it("shorten the visibility timeouts and the life of a configuration, and nothing else", () => {
    const [, local] = synthesize(
      assemblyDirectory(),
      { stage: "prod" },
      { stage: "local", localTimings: { visibilityTimeoutS: 2, jobVisibilityTimeoutS: 3, configurationTtlS: 1 } },
    );

    const timeouts = local && resources(local, "AWS::SQS::Queue").map(({ properties }) => properties.VisibilityTimeout);
    const lives = local && JSON.stringify(local.toJSON()).match(/"CONFIGURATION_TTL_S":"\d+"/g);

    expect(timeouts).toEqual([undefined, 2, undefined, 2, undefined, undefined, 3]);
    expect(new Set(lives)).toEqual(new Set(['"CONFIGURATION_TTL_S":"1"']));
  });
});
