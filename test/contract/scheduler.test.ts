import { SchedulerClient } from "@aws-sdk/client-scheduler";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createScheduledAlarm } from "../../lambdas/adapters/scheduler/scheduled-alarm.ts";
import { messageGroupId } from "../../lambdas/domain/actor/keys.ts";
import { envelopeSchema } from "../../lambdas/domain/actor/message.ts";
import { type AwsRequest, errorResponse, jsonResponse } from "../../local/aws-protocol.ts";
import type { Gateway } from "../../local/gateway.ts";
import { startAwsGateway } from "../support/aws-gateway.ts";
import { createCountingRandom } from "../support/memory/counting-random.ts";
import { createManualClock } from "../support/memory/manual-clock.ts";

const NOW = Date.UTC(2026, 2, 29, 0, 59, 30, 250);
const actor = { kind: "session", productId: "acme", sessionId: "s-1" } as const;

let gateway: Gateway;
let client: SchedulerClient;
/** Schedules by name, as requests brought them. */
const schedules = new Map<string, AwsRequest["call"]["input"]>();

beforeAll(async () => {
  const started = await startAwsGateway();
  gateway = started.gateway;
  gateway.connect("scheduler", async ({ target, call }) => {
    const name = target.slice("/schedules/".length);
    if (schedules.has(name)) return errorResponse({ code: "ConflictException", status: 409 });
    schedules.set(name, call.input);
    return jsonResponse({ ScheduleArn: `arn:aws:scheduler:us-east-1:000000000000:schedule/alarms/${name}` });
  });
  client = new SchedulerClient(started.client);
});

afterAll(async () => {
  client?.destroy();
  await gateway?.close();
});

const open = (nonces: string) =>
  createScheduledAlarm({
    client,
    groupName: "alarms",
    queueArn: "arn:aws:sqs:us-east-1:000000000000:actors.fifo",
    roleArn: "arn:aws:iam::000000000000:role/scheduler",
    deadLetterQueueArn: "arn:aws:sqs:us-east-1:000000000000:dead",
    clock: createManualClock(NOW),
    random: createCountingRandom(nonces),
  });

describe("a scheduled alarm", () => {
  test("is a one-time schedule that puts a wake into the session's group and deletes itself", async () => {
    schedules.clear();
    const at = await open("one")(actor, NOW + 3_600_000);
    expect(at).toBe(Date.UTC(2026, 2, 29, 1, 59, 31));
    const [[name, schedule] = []] = schedules;
    expect(name).toMatch(/^[0-9A-Za-z_.-]{1,64}$/);
    expect(schedule).toMatchObject({
      GroupName: "alarms",
      ScheduleExpression: "at(2026-03-29T01:59:31)",
      FlexibleTimeWindow: { Mode: "OFF" },
      ActionAfterCompletion: "DELETE",
      Target: {
        Arn: "arn:aws:sqs:us-east-1:000000000000:actors.fifo",
        RoleArn: "arn:aws:iam::000000000000:role/scheduler",
        SqsParameters: { MessageGroupId: messageGroupId(actor) },
        RetryPolicy: { MaximumEventAgeInSeconds: 86_400, MaximumRetryAttempts: 185 },
        DeadLetterConfig: { Arn: "arn:aws:sqs:us-east-1:000000000000:dead" },
      },
    });
    const { Input: input = "" } = (schedule?.Target ?? {}) as { readonly Input?: string };
    const wake = { type: "wake", id: "one-1", acceptedAt: at };
    expect(envelopeSchema.parse(JSON.parse(input))).toEqual({ actor, message: wake });
  });

  test("is never set before its time, and never so near that it may have passed", async () => {
    const arm = open("two");
    expect(await arm(actor, NOW + 60_750)).toBe(NOW + 60_750);
    expect(await arm(actor, NOW + 60_751)).toBe(NOW + 61_750);
    expect(await arm(actor, NOW - 1)).toBe(Date.UTC(2026, 2, 29, 0, 59, 41));
  });

  test("has a new name each time, so that two alarms of a session at one second are two", async () => {
    schedules.clear();
    const arm = open("three");
    await Promise.all([arm(actor, NOW + 60_000), arm(actor, NOW + 60_000)]);
    expect(schedules.size).toBe(2);
  });

  test("whose answer was lost is there once, when the SDK has repeated it", async () => {
    schedules.clear();
    const interception = gateway.intercept({ service: "scheduler", moment: "after", nth: 1, act: () => "drop" });
    expect(await open("four")(actor, NOW + 60_000)).toBe(NOW + 60_750);
    expect(interception.matches()).toBe(2);
    interception.remove();
    expect(schedules.size).toBe(1);
  });

  test("that Scheduler does not take says so", async () => {
    const interception = gateway.intercept({
      service: "scheduler",
      moment: "before",
      act: () => ({ fail: { code: "AccessDeniedException", status: 403 } }),
    });
    const arming = open("five")(actor, NOW + 60_000);
    await expect(arming).rejects.toMatchObject({ name: "RetryableError", reason: "uncertain" });
    interception.remove();
  });
});
