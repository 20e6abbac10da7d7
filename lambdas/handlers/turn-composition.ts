import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { SchedulerClient } from "@aws-sdk/client-scheduler";
import { SQSClient } from "@aws-sdk/client-sqs";
import { SSMClient } from "@aws-sdk/client-ssm";
import { clientSettings } from "../adapters/aws/client-settings.ts";
import { createDynamoActorStore } from "../adapters/dynamodb/actor-store.ts";
import { createDynamoOfferGuards } from "../adapters/dynamodb/offer-guards.ts";
import { createDynamoProductGuards } from "../adapters/dynamodb/product-guards.ts";
import { createEventBridgeDomainEvents } from "../adapters/events/domain-events.ts";
import { createIntercomPlatform } from "../adapters/intercom/platform.ts";
import { createScheduledAlarm } from "../adapters/scheduler/scheduled-alarm.ts";
import { createSqsDeadLetters } from "../adapters/sqs/dead-letters.ts";
import { createSqsJobQueue } from "../adapters/sqs/job-queue.ts";
import { createSqsMailbox } from "../adapters/sqs/mailbox.ts";
import { createPreciseAlarm } from "../adapters/sqs/precise-alarm.ts";
import { createSqsRedelivery } from "../adapters/sqs/redelivery.ts";
import { createSsmProducts } from "../adapters/ssm/products.ts";
import { systemClock as clock } from "../adapters/system/clock.ts";
import { systemRandom as random } from "../adapters/system/random.ts";
import { createTelemetry } from "../adapters/telemetry/telemetry.ts";
import type { TurnPorts } from "../app/turn-ports.ts";
import { required, variable } from "../environment.ts";

/** A pause is news for a whole product, and read before each call: so much of its first seconds may be missed. */
const GUARDS_TTL_MS = 2_000;

/** The worker's ports on AWS and Intercom, made once for the life of the process. */
export function turnPorts(): { readonly ports: TurnPorts; readonly flush: () => void } {
  const environment = required([
    variable.stage,
    variable.tableName,
    variable.actorsQueueUrl,
    variable.actorsQueueArn,
    variable.actorsDeadLetterQueueUrl,
    variable.deadlinesQueueUrl,
    variable.jobsQueueUrl,
    variable.eventBusName,
    variable.scheduleGroup,
    variable.schedulerRoleArn,
    variable.schedulerDeadLetterQueueArn,
    variable.parameterPrefix,
    variable.configurationTtl,
  ]);
  const telemetry = createTelemetry("actor-worker", environment[variable.stage]);
  const sqs = new SQSClient(clientSettings);
  const dynamodb = new DynamoDBClient(clientSettings);
  const tableName = environment[variable.tableName];
  const queueUrl = environment[variable.actorsQueueUrl];
  const ttlMs = Number(environment[variable.configurationTtl]) * 1_000;
  const ports: TurnPorts = {
    store: createDynamoActorStore({ client: dynamodb, tableName, random }),
    mailbox: createSqsMailbox({ client: sqs, queueUrl, telemetry }),
    jobs: createSqsJobQueue({ client: sqs, queueUrl: environment[variable.jobsQueueUrl] }),
    alarms: {
      precise: createPreciseAlarm({
        client: sqs,
        queueUrl: environment[variable.deadlinesQueueUrl],
        clock,
        random,
      }),
      schedule: createScheduledAlarm({
        client: new SchedulerClient(clientSettings),
        groupName: environment[variable.scheduleGroup],
        queueArn: environment[variable.actorsQueueArn],
        roleArn: environment[variable.schedulerRoleArn],
        deadLetterQueueArn: environment[variable.schedulerDeadLetterQueueArn],
        clock,
        random,
      }),
    },
    deadLetters: createSqsDeadLetters({ client: sqs, queueUrl: environment[variable.actorsDeadLetterQueueUrl] }),
    redelivery: createSqsRedelivery({ client: sqs, queueUrl }),
    guards: createDynamoProductGuards({
      client: dynamodb,
      tableName,
      ttlMs: Math.min(GUARDS_TTL_MS, ttlMs),
      clock,
      random,
      telemetry,
    }),
    offerGuards: createDynamoOfferGuards({ client: dynamodb, tableName }),
    products: createSsmProducts({
      client: new SSMClient(clientSettings),
      prefix: environment[variable.parameterPrefix],
      secrets: ["intercom/access-token"],
      brokenConfiguration: "fail",
      ttlMs,
      clock,
      random,
      telemetry,
    }),
    platform: createIntercomPlatform({ baseUrlOverride: process.env[variable.intercomBaseUrl], clock }),
    events: createEventBridgeDomainEvents({
      client: new EventBridgeClient(clientSettings),
      busName: environment[variable.eventBusName],
      telemetry,
    }),
    telemetry,
    clock,
    random,
    configurationTtlMs: ttlMs,
  };
  return { ports, flush: telemetry.flush };
}
