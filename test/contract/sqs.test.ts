import { randomUUID } from "node:crypto";
import { ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createSqsDeadLetters } from "../../lambdas/adapters/sqs/dead-letters.ts";
import { createSqsJobQueue } from "../../lambdas/adapters/sqs/job-queue.ts";
import { createSqsMailbox } from "../../lambdas/adapters/sqs/mailbox.ts";
import { createPreciseAlarm } from "../../lambdas/adapters/sqs/precise-alarm.ts";
import { createSqsPushQueue } from "../../lambdas/adapters/sqs/push-queue.ts";
import { createSqsRedelivery } from "../../lambdas/adapters/sqs/redelivery.ts";
import { pushSchema } from "../../lambdas/domain/activity/push.ts";
import { deadlineSchema } from "../../lambdas/domain/actor/deadline.ts";
import { jobGroupId, messageGroupId } from "../../lambdas/domain/actor/keys.ts";
import { envelopeSchema } from "../../lambdas/domain/actor/message.ts";
import { jobSchema } from "../../lambdas/domain/language/job.ts";
import { type Sqs, startSqs } from "../../local/emulators/sqs.ts";
import type { Gateway } from "../../local/gateway.ts";
import { startAwsGateway } from "../support/aws-gateway.ts";
import { createCountingRandom } from "../support/memory/counting-random.ts";
import { createManualClock } from "../support/memory/manual-clock.ts";
import { createMemoryTelemetry } from "../support/memory/telemetry.ts";
import { deadLettersContract } from "./suites/dead-letters.ts";
import { answerJob, jobQueueContract } from "./suites/job-queue.ts";
import { envelopeOf, LARGEST_BODY, mailboxContract } from "./suites/mailbox.ts";
import { pushOf, pushQueueContract } from "./suites/push-queue.ts";

let sqs: Sqs;
let gateway: Gateway;
let client: SQSClient;

const urlOf = (name: string) => `${gateway.url}/000000000000/${name}`;
// De-duplicated over the whole queue, which is stricter than by message group: ids must differ by themselves.
const fifo = {
  FifoQueue: "true",
  ContentBasedDeduplication: "true",
  MaximumMessageSize: String(LARGEST_BODY),
};

beforeAll(async () => {
  sqs = await startSqs();
  const started = await startAwsGateway();
  gateway = started.gateway;
  gateway.connect("sqs", sqs.backend);
  client = new SQSClient(started.client);
  for (const [name, attributes] of Object.entries({
    "actors.fifo": fifo,
    "dead.fifo": fifo,
    "jobs.fifo": fifo,
    "pushes.fifo": fifo,
    deadlines: {},
  })) {
    sqs.createQueue({ name, url: urlOf(name), arn: `arn:aws:sqs:us-east-1:000000000000:${name}`, attributes });
  }
});

afterAll(async () => {
  client?.destroy();
  await gateway?.close();
  await sqs?.close();
});

const queuedFor = (sessionId: string) => {
  const group = messageGroupId({ kind: "session", productId: "acme", sessionId });
  return sqs
    .messages("actors.fifo")
    .filter((message) => message.group === group)
    .map((message) => envelopeSchema.parse(JSON.parse(message.body)));
};

describe("the mailbox on SQS", () => {
  const open = (telemetry = createMemoryTelemetry()) =>
    createSqsMailbox({ client, queueUrl: urlOf("actors.fifo"), telemetry });

  mailboxContract(() => ({ mailbox: open(), queued: queuedFor }));

  const sendRequests = () => gateway.counts().find(({ operation }) => operation === "SendMessageBatch")?.requests ?? 0;

  test("messages of ten sessions share a request; those of one session do not", async () => {
    const before = sendRequests();
    const sessions = Array.from({ length: 10 }, () => randomUUID());
    await open().send(["a", "b"].flatMap((id) => sessions.map((session) => envelopeOf(session, id))));
    expect(sendRequests() - before).toBe(2);
  });

  test("messages of one session that may go together go ten to a request, beside those of others", async () => {
    const [one, other] = [randomUUID(), randomUUID()];
    const ids = Array.from({ length: 24 }, (_, at) => `${at}`);
    const envelopes = [...ids.map((id) => envelopeOf(one, id)), envelopeOf(other, "1")];
    const before = sendRequests();
    await open().send(envelopes, { together: true });
    expect(sendRequests() - before).toBe(4);
  });

  test("after a request that fails, nothing more of its session is sent, though its messages may go together", async () => {
    let requests = 0;
    const interception = gateway.intercept({
      service: "sqs",
      operation: "SendMessageBatch",
      when: () => ++requests >= 2,
      moment: "before",
      act: () => ({ fail: { code: "InternalError", status: 500 } }),
    });
    const session = randomUUID();
    const envelopes = Array.from({ length: 40 }, (_, at) => envelopeOf(session, `${at}`));
    expect(await open().send(envelopes, { together: true })).toEqual(new Set(envelopes.slice(0, 10).keys()));
    interception.remove();
    expect(queuedFor(session)).toHaveLength(10);
  });

  test("messages that are too much for one request go in two", async () => {
    const before = sendRequests();
    const large = "x".repeat(LARGEST_BODY - 1_000);
    const envelopes = Array.from({ length: 4 }, () => envelopeOf(randomUUID(), "1", large));
    expect(await open().send(envelopes)).toHaveLength(4);
    expect(sendRequests() - before).toBe(2);
  });

  test("of a request that fails nothing is known to be queued, and the sessions in it stop", async () => {
    const telemetry = createMemoryTelemetry();
    const interception = gateway.intercept({
      service: "sqs",
      operation: "SendMessageBatch",
      when: (call) => (call.input.Entries as readonly unknown[]).length === 10,
      moment: "before",
      act: () => ({ fail: { code: "InternalError", status: 500 } }),
    });
    const sessions = Array.from({ length: 11 }, () => randomUUID());
    const envelopes = ["a", "b"].flatMap((id) => sessions.map((session) => envelopeOf(session, id)));
    expect(await open(telemetry).send(envelopes)).toEqual(new Set([10, 21]));
    interception.remove();
    expect(sessions.map((session) => queuedFor(session).length)).toEqual([...Array(10).fill(0), 2]);
    expect(telemetry.entries()).toEqual([
      { level: "warn", event: "mailbox.failed", fields: { code: "InternalError", messages: 10 } },
    ]);
  });

  test("a request whose answer is lost queues its message once, when the SDK has repeated it", async () => {
    const session = randomUUID();
    const interception = gateway.intercept({
      service: "sqs",
      operation: "SendMessageBatch",
      moment: "after",
      nth: 1,
      act: () => "drop",
    });
    expect(await open().send([envelopeOf(session, "1")])).toEqual(new Set([0]));
    interception.remove();
    expect(queuedFor(session)).toHaveLength(1);
  });
});

describe("the jobs on SQS", () => {
  const open = () => createSqsJobQueue({ client, queueUrl: urlOf("jobs.fifo") });

  jobQueueContract(() => ({
    queue: open(),
    queued: (sessionId) => {
      const actor = { kind: "session", productId: "acme", sessionId } as const;
      return sqs
        .messages("jobs.fifo")
        .map(({ group, body }) => ({ group, job: jobSchema.parse(JSON.parse(body)) }))
        .filter(({ group, job }) => group === jobGroupId({ actor, kind: job.kind }))
        .map(({ job }) => job);
    },
  }));

  test("a job that cannot be queued says so", async () => {
    const interception = gateway.intercept({
      service: "sqs",
      operation: "SendMessage",
      moment: "before",
      act: () => ({ fail: { code: "InternalError", status: 500 } }),
    });
    await expect(open().send([answerJob(randomUUID(), "1")])).rejects.toMatchObject({
      name: "RetryableError",
      message: "SendMessage: InternalError",
    });
    interception.remove();
  });
});

describe("the pushes on SQS", () => {
  const open = () => createSqsPushQueue({ client, queueUrl: urlOf("pushes.fifo") });

  pushQueueContract(() => ({
    queue: open(),
    queued: (sessionId) => {
      const group = messageGroupId({ kind: "session", productId: "acme", sessionId });
      const messages = sqs.messages("pushes.fifo").filter((message) => message.group === group);
      return messages.map(({ body }) => pushSchema.parse(JSON.parse(body)));
    },
  }));

  test("the first that cannot be queued is the last that was tried, so that none overtakes it", async () => {
    const session = randomUUID();
    const interception = gateway.intercept({
      service: "sqs",
      operation: "SendMessage",
      moment: "before",
      act: ({ input }) =>
        String(input.MessageBody).includes('"id":"2"') ? { fail: { code: "InternalError", status: 500 } } : "pass",
    });
    const sending = open().send(["1", "2", "3"].map((id) => pushOf(session, id)));
    await expect(sending).rejects.toMatchObject({ name: "RetryableError", message: "SendMessage: InternalError" });
    interception.remove();
    expect(sqs.messages("pushes.fifo").filter(({ body }) => body.includes(session))).toHaveLength(1);
  });
});

describe("the dead letters on SQS", () => {
  deadLettersContract(() => ({
    deadLetters: createSqsDeadLetters({ client, queueUrl: urlOf("dead.fifo") }),
    letters: async () => {
      const { Messages: messages = [] } = await client.send(
        new ReceiveMessageCommand({
          QueueUrl: urlOf("dead.fifo"),
          MaxNumberOfMessages: 10,
          MessageAttributeNames: ["reason"],
          MessageSystemAttributeNames: ["MessageGroupId"],
        }),
      );
      return messages.map((message) => ({
        body: message.Body ?? "",
        group: message.Attributes?.MessageGroupId ?? "",
        reason: message.MessageAttributes?.reason?.StringValue ?? "",
      }));
    },
  }));
});

describe("the precise alarm on SQS", () => {
  test.each([
    { name: "in the past is not delayed", inMs: -5_000, delayS: 0 },
    { name: "within the second is not delayed", inMs: 999, delayS: 0 },
    { name: "is delayed by the whole seconds before it", inMs: 20_750, delayS: 20 },
    { name: "beyond the reach of SQS comes early", inMs: 3_600_000, delayS: 900 },
  ])("an alarm $name", async ({ inMs, delayS }) => {
    const clock = createManualClock();
    const queueUrl = urlOf("deadlines");
    const arm = createPreciseAlarm({ client, queueUrl, clock, random: createCountingRandom(randomUUID()) });
    const interception = gateway.intercept({
      service: "sqs",
      operation: "SendMessage",
      moment: "before",
      act: () => "pass",
    });
    const actor = { kind: "session" as const, productId: "acme", sessionId: randomUUID() };
    await arm(actor, clock.now() + inMs);
    await arm(actor, clock.now() + inMs);

    expect((await interception.struck).input.DelaySeconds).toBe(delayS);
    interception.remove();
    const deadlines = sqs
      .messages("deadlines")
      .map(({ body }) => deadlineSchema.parse(JSON.parse(body)))
      .filter((deadline) => deadline.actor.sessionId === actor.sessionId);
    expect(deadlines).toMatchObject([
      { actor, dueAt: clock.now() + inMs },
      { actor, dueAt: clock.now() + inMs },
    ]);
    expect(new Set(deadlines.map(({ nonce }) => nonce)).size).toBe(2);
  });
});

describe("the redelivery on SQS", () => {
  test("a message given back comes when its time is over; one whose receipt is no good is reported", async () => {
    const queueUrl = urlOf("deadlines");
    const redelivery = createSqsRedelivery({ client, queueUrl });
    const { Messages: messages = [] } = await client.send(
      new ReceiveMessageCommand({ QueueUrl: queueUrl, VisibilityTimeout: 600 }),
    );
    const receipts = messages.map((message) => message.ReceiptHandle ?? "");
    expect(receipts).toHaveLength(1);
    const { inFlight } = sqs.depth("deadlines");
    await redelivery.postpone(receipts, 0);
    expect(sqs.depth("deadlines").inFlight).toBe(inFlight - 1);
    await expect(redelivery.postpone(["no receipt"], 1)).rejects.toMatchObject({ name: "RetryableError" });
  });
});
