import {
  CreateScheduleCommand,
  type CreateScheduleCommandInput,
  DeleteScheduleCommand,
  GetScheduleCommand,
  ListSchedulesCommand,
  SchedulerClient,
} from "@aws-sdk/client-scheduler";
import { SQSClient } from "@aws-sdk/client-sqs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createScheduler, type Firing, type Scheduler } from "../../local/emulators/scheduler.ts";
import { type Sqs, startSqs } from "../../local/emulators/sqs.ts";
import { type Gateway, startGateway } from "../../local/gateway.ts";

const arn = (name: string) => `arn:aws:sqs:us-east-1:000000000000:${name}`;

let gateway: Gateway;
let sqs: Sqs;
let scheduler: Scheduler;
let senders: SQSClient;
let client: SchedulerClient;

let permitted: boolean;

beforeEach(async () => {
  gateway = await startGateway();
  sqs = await startSqs();
  const connection = { endpoint: gateway.url, region: "us-east-1", maxAttempts: 1 };
  const url = (name: string) => `${gateway.url}/000000000000/${name}`;
  const fifo = { FifoQueue: "true", ContentBasedDeduplication: "true" };
  sqs.createQueue({ name: "actors.fifo", arn: arn("actors.fifo"), url: url("actors.fifo"), attributes: fifo });
  sqs.createQueue({ name: "dead", arn: arn("dead"), url: url("dead"), attributes: {} });
  senders = new SQSClient({ ...connection, credentials: { accessKeyId: "scheduler", secretAccessKey: "local" } });
  permitted = true;
  scheduler = createScheduler({
    sqs: senders,
    queueUrl: (queueArn) => url(queueArn.split(":").at(-1) ?? ""),
    permissions: { allows: () => permitted, grants: () => [] },
    latenessMs: 200,
  });
  scheduler.createGroup("alarms");
  gateway.connect("sqs", sqs.backend);
  gateway.connect("scheduler", scheduler.backend);
  client = new SchedulerClient({ ...connection, credentials: { accessKeyId: "worker", secretAccessKey: "local" } });
});

afterEach(async () => {
  client.destroy();
  await scheduler.close();
  senders.destroy();
  await sqs.close();
  await gateway.close();
});

const expression = (atMs: number) => `at(${new Date(atMs).toISOString().slice(0, 19)})`;

function schedule(name: string, atMs: number, changes: Partial<CreateScheduleCommandInput> = {}) {
  return client.send(
    new CreateScheduleCommand({
      Name: name,
      GroupName: "alarms",
      ScheduleExpression: expression(atMs),
      FlexibleTimeWindow: { Mode: "OFF" },
      ActionAfterCompletion: "DELETE",
      Target: {
        Arn: arn("actors.fifo"),
        RoleArn: "arn:aws:iam::000000000000:role/scheduler",
        Input: JSON.stringify({ wake: name }),
        SqsParameters: { MessageGroupId: "S.1" },
        DeadLetterConfig: { Arn: arn("dead") },
      },
      ...changes,
    }),
  );
}

function nextFiring(): Promise<Firing> {
  const { promise, resolve } = Promise.withResolvers<Firing>();
  scheduler.onFiring(resolve);
  return promise;
}

describe("a one-time schedule", () => {
  it("puts its input into its group at its time, and is gone", async () => {
    const dueAt = Math.ceil(Date.now() / 1000) * 1000;
    const fired = nextFiring();
    await schedule("one", dueAt);

    expect(await fired).toEqual({ name: "one", dueAtMs: dueAt, outcome: "delivered" });
    expect(Date.now()).toBeGreaterThanOrEqual(dueAt);
    expect(sqs.messages("actors.fifo")).toMatchObject([{ body: '{"wake":"one"}', group: "S.1" }]);
    expect(scheduler.pending()).toEqual([]);
  });

  it("goes to its dead-letter queue when the target refuses it", async () => {
    const fired = nextFiring();
    gateway.intercept({
      caller: "scheduler",
      nth: 1,
      moment: "before",
      act: () => ({ fail: { code: "AWS.SimpleQueueService.NonExistentQueue" } }),
    });
    await schedule("one", Date.now());

    expect((await fired).outcome).toBe("dead-lettered");
    expect(sqs.messages("dead")).toMatchObject([{ body: '{"wake":"one"}' }]);
  });

  it("is lost when its role may not send to any queue", async () => {
    const fired = nextFiring();
    permitted = false;
    await schedule("one", Date.now());

    expect((await fired).outcome).toBe("lost");
    expect(sqs.depth("actors.fifo").ready).toBe(0);
  });

  it("is shown, listed and deleted under its name", async () => {
    const dueAt = Date.now() + 3_600_000;
    await schedule("one", dueAt);
    await schedule("two", dueAt);

    const shown = await client.send(new GetScheduleCommand({ Name: "one", GroupName: "alarms" }));
    const listed = await client.send(new ListSchedulesCommand({ GroupName: "alarms", NamePrefix: "t" }));
    await client.send(new DeleteScheduleCommand({ Name: "one", GroupName: "alarms" }));

    expect(shown).toMatchObject({
      ScheduleExpression: expression(dueAt),
      Target: { SqsParameters: { MessageGroupId: "S.1" } },
    });
    expect(listed.Schedules?.map(({ Name }) => Name)).toEqual(["two"]);
    expect(scheduler.pending().map(({ name }) => name)).toEqual(["two"]);
    await expect(client.send(new GetScheduleCommand({ Name: "one", GroupName: "alarms" }))).rejects.toMatchObject({
      name: "ResourceNotFoundException",
    });
  });

  it("never fires when its time is more than a minute past", async () => {
    await schedule("late", Date.now() - 120_000);
    const fired = nextFiring();
    await schedule("now", Date.now());

    expect((await fired).name).toBe("now");
    expect(sqs.messages("actors.fifo")).toHaveLength(1);
  });
});

describe("what Scheduler refuses", () => {
  const soon = () => Date.now() + 60_000;
  const refused: readonly [string, Partial<CreateScheduleCommandInput>, string][] = [
    ["a name of 65 characters", { Name: "x".repeat(65) }, "ValidationException"],
    ["a name with a space", { Name: "a b" }, "ValidationException"],
    ["a time with milliseconds", { ScheduleExpression: "at(2026-01-01T00:00:00.000)" }, "ValidationException"],
    ["a time with a zone", { ScheduleExpression: "at(2026-01-01T00:00:00Z)" }, "ValidationException"],
    ["a day that does not exist", { ScheduleExpression: "at(2026-13-01T00:00:00)" }, "ValidationException"],
    ["no flexible window", { FlexibleTimeWindow: undefined }, "ValidationException"],
    ["a group that does not exist", { GroupName: "other" }, "ResourceNotFoundException"],
    [
      "a FIFO target without a group",
      { Target: { Arn: arn("actors.fifo"), RoleArn: "arn:aws:iam::000000000000:role/r", Input: "{}" } },
      "ValidationException",
    ],
  ];

  it.each(refused)("%s", async (_, changes, name) => {
    await expect(schedule("one", soon(), changes)).rejects.toMatchObject({ name });
  });

  it("a second schedule of the same name", async () => {
    await schedule("one", soon());

    await expect(schedule("one", soon())).rejects.toMatchObject({ name: "ConflictException" });
  });
});
