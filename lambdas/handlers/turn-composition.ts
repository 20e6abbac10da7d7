import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { SchedulerClient } from "@aws-sdk/client-scheduler";
import { SQSClient } from "@aws-sdk/client-sqs";
import { clientSettings } from "../adapters/aws/client-settings.ts";
import { createDynamoOfferGuards } from "../adapters/dynamodb/offer-guards.ts";
import { createDynamoProductFeed } from "../adapters/dynamodb/product-feed.ts";
import { createEventBridgeDomainEvents } from "../adapters/events/domain-events.ts";
import { createIntercomPlatform } from "../adapters/intercom/platform.ts";
import { createScheduledAlarm } from "../adapters/scheduler/scheduled-alarm.ts";
import { createSqsDeadLetters } from "../adapters/sqs/dead-letters.ts";
import { createSqsJobQueue } from "../adapters/sqs/job-queue.ts";
import { createSqsMailbox } from "../adapters/sqs/mailbox.ts";
import { createPreciseAlarm } from "../adapters/sqs/precise-alarm.ts";
import { createSqsPushQueue } from "../adapters/sqs/push-queue.ts";
import { createSqsRedelivery } from "../adapters/sqs/redelivery.ts";
import type { Telemetry } from "../app/ports.ts";
import type { PushQueue } from "../app/push-ports.ts";
import type { TurnPorts } from "../app/turn-ports.ts";
import { required, variable } from "../environment.ts";
import { sessionPorts } from "./session-composition.ts";

/** The worker's ports on AWS and Intercom, made once for the life of the process. */
export function turnPorts(): { readonly ports: TurnPorts; readonly flush: () => void } {
  const environment = required([
    variable.actorsQueueUrl,
    variable.actorsQueueArn,
    variable.actorsDeadLetterQueueUrl,
    variable.deadlinesQueueUrl,
    variable.jobsQueueUrl,
    variable.eventBusName,
    variable.scheduleGroup,
    variable.schedulerRoleArn,
    variable.schedulerDeadLetterQueueArn,
  ]);
  const { ports: session, table, guards, configurationTtlMs } = sessionPorts("actor-worker", ["intercom/access-token"]);
  const { telemetry, clock, random } = session;
  const sqs = new SQSClient(clientSettings);
  const queueUrl = environment[variable.actorsQueueUrl];
  const ports: TurnPorts = {
    ...session,
    mailbox: createSqsMailbox({ client: sqs, queueUrl, telemetry }),
    jobs: createSqsJobQueue({ client: sqs, queueUrl: environment[variable.jobsQueueUrl] }),
    pushes: pushQueue(sqs, telemetry),
    // Where a stack was deployed without streams, nobody can listen.
    feed: process.env[variable.productFeeds]
      ? createDynamoProductFeed({ ...table, clock, telemetry })
      : { tell: async () => {} },
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
    guards: guards(),
    offerGuards: createDynamoOfferGuards(table),
    platform: createIntercomPlatform({ baseUrlOverride: process.env[variable.intercomBaseUrl], clock }),
    events: createEventBridgeDomainEvents({
      client: new EventBridgeClient(clientSettings),
      busName: environment[variable.eventBusName],
      telemetry,
    }),
    configurationTtlMs,
  };
  return { ports, flush: telemetry.flush };
}

/** Where a stack was deployed without pushes, a product that names an endpoint is told nothing, and the metric says so. */
function pushQueue(client: SQSClient, telemetry: Telemetry): PushQueue {
  const queueUrl = process.env[variable.pushesQueueUrl];
  if (queueUrl) return createSqsPushQueue({ client, queueUrl });
  return {
    send: async (pushes) => {
      for (const { actor } of pushes) telemetry.count("push.not_deployed", actor.productId);
    },
  };
}
