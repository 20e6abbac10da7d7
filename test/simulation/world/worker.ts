import { calling } from "../../../lambdas/adapters/aws/failure.ts";
import { createRefreshingCache } from "../../../lambdas/adapters/aws/refreshing-cache.ts";
import { createDynamoActorStore } from "../../../lambdas/adapters/dynamodb/actor-store.ts";
import { createDynamoOfferGuards } from "../../../lambdas/adapters/dynamodb/offer-guards.ts";
import { createDynamoProductFeed } from "../../../lambdas/adapters/dynamodb/product-feed.ts";
import { createDynamoProductGuards } from "../../../lambdas/adapters/dynamodb/product-guards.ts";
import { createScheduledAlarm } from "../../../lambdas/adapters/scheduler/scheduled-alarm.ts";
import { createSqsDeadLetters } from "../../../lambdas/adapters/sqs/dead-letters.ts";
import { createSqsJobQueue } from "../../../lambdas/adapters/sqs/job-queue.ts";
import { createSqsMailbox } from "../../../lambdas/adapters/sqs/mailbox.ts";
import { createPreciseAlarm } from "../../../lambdas/adapters/sqs/precise-alarm.ts";
import { createSqsPushQueue } from "../../../lambdas/adapters/sqs/push-queue.ts";
import { createSqsRedelivery } from "../../../lambdas/adapters/sqs/redelivery.ts";
import type { Product, ProductGuards, Products } from "../../../lambdas/app/ports.ts";
import { processDeliveries } from "../../../lambdas/app/process-deliveries.ts";
import type { Delivery, TurnPorts } from "../../../lambdas/app/turn-ports.ts";
import { awsRequest } from "./aws-request.ts";
import type { Cloud } from "./cloud.ts";
import { createDynamoClient } from "./dynamodb-client.ts";
import type { Life } from "./life.ts";
import { createPlatform } from "./platform.ts";
import { createSchedulerClient } from "./scheduler.ts";
import { createSqsClient, queueUrl } from "./sqs-client.ts";

/** As the deployment sets them. */
const WORKER_TIMEOUT_MS = 30_000;
export const CONFIGURATION_TTL_MS = 60_000;
const GUARDS_TTL_MS = 2_000;

/** An execution environment of the actor worker: it takes one batch after the other until it dies. */
export type Worker = {
  readonly life: Life;
  /** @returns the ids that failed; undefined when the worker died, or its time was up. */
  invoke(deliveries: readonly Delivery[]): Promise<readonly string[] | undefined>;
};

export function createWorker(cloud: Cloud, life: Life): Worker {
  const { time, note } = cloud;
  const ports = workerPorts(cloud, life);
  return {
    life,
    invoke: async (deliveries) => {
      const beganAt = time.now();
      const over = Promise.withResolvers<undefined>();
      let done = false;
      time.at(beganAt + WORKER_TIMEOUT_MS, () => {
        if (done || !life.alive()) return;
        if (!life.zombie()) life.die("its time is up");
        else note(() => `${life.name} is a zombie`);
        over.resolve(undefined);
      });
      const work = processDeliveries(ports, deliveries, () => beganAt + WORKER_TIMEOUT_MS - time.now());
      const failed = await Promise.race([work, life.death.then(() => undefined), over.promise]);
      done = true;
      return failed;
    },
  };
}

function workerPorts(cloud: Cloud, life: Life): TurnPorts {
  const { random, table } = cloud;
  const { clock } = life;
  const telemetry = cloud.telemetry(life.name);
  const dynamodb = createDynamoClient(cloud, life, table);
  const sqs = createSqsClient(cloud, life, cloud);
  return {
    store: createDynamoActorStore({ client: dynamodb, tableName: "actors", random }),
    mailbox: createSqsMailbox({ client: sqs, queueUrl: queueUrl.actors, telemetry }),
    jobs: createSqsJobQueue({ client: sqs, queueUrl: queueUrl.jobs }),
    pushes: createSqsPushQueue({ client: sqs, queueUrl: queueUrl.pushes }),
    feed: createFeed(cloud, life),
    alarms: {
      precise: createPreciseAlarm({ client: sqs, queueUrl: queueUrl.deadlines, clock, random }),
      schedule: createScheduledAlarm({
        client: createSchedulerClient(cloud, life, cloud.scheduler),
        groupName: "alarms",
        queueArn: "actors",
        roleArn: "role",
        deadLetterQueueArn: "schedules",
        clock,
        random,
      }),
    },
    deadLetters: createSqsDeadLetters({ client: sqs, queueUrl: queueUrl.deadLetters }),
    redelivery: createSqsRedelivery({ client: sqs, queueUrl: queueUrl.actors }),
    guards: createGuards(cloud, life),
    products: createProducts(cloud, life),
    platform: createPlatform(cloud, life),
    offerGuards: createDynamoOfferGuards({ client: dynamodb, tableName: "actors" }),
    events: {
      publish: () => awsRequest(cloud, life, "publish events", () => undefined).catch(() => undefined),
      announce: (events) =>
        calling("PutEvents", "write", () =>
          awsRequest(cloud, life, "announce events", () => {
            cloud.note(() => `${life.name} announces ${events.map(({ type, id }) => `${type} ${id}`).join(", ")}`);
            cloud.history.announced.push(...events);
          }),
        ),
    },
    telemetry,
    clock,
    random,
    configurationTtlMs: CONFIGURATION_TTL_MS,
  };
}

/** As a stack is composed: without streams nobody can listen. What is told is noted on its way. */
function createFeed(cloud: Cloud, life: Life): TurnPorts["feed"] {
  const { scenario, table, outside } = cloud;
  if (!scenario.deployment.streams) return { tell: async () => undefined };
  const telemetry = cloud.telemetry(life.name);
  const feed = createDynamoProductFeed({
    client: createDynamoClient(cloud, life, table),
    tableName: "actors",
    clock: life.clock,
    telemetry: {
      ...telemetry,
      count: (metric, productId, count) => {
        telemetry.count(metric, productId, count);
        if (metric === "feed.failed") outside.feedFailed(productId ?? "", count ?? 1);
      },
    },
  });
  return {
    tell: async (productId, pushes) => {
      const done = outside.telling(productId, pushes);
      await feed.tell(productId, pushes);
      done();
    },
  };
}

/** The guards of products as every process that calls the platform reads them. */
export function createGuards(cloud: Cloud, life: Life): ProductGuards {
  return createDynamoProductGuards({
    client: createDynamoClient(cloud, life, cloud.table),
    tableName: "actors",
    ttlMs: GUARDS_TTL_MS,
    clock: life.clock,
    random: cloud.random,
    telemetry: cloud.telemetry(life.name),
  });
}

/** Products as every process reads them: from the parameters, once in a while. */
export function createProducts(cloud: Cloud, life: Life): Products {
  const cache = createRefreshingCache<Product | undefined>({
    ttlMs: CONFIGURATION_TTL_MS,
    clock: life.clock,
    random: cloud.random,
    onStale: () => undefined,
    load: (id) =>
      calling("GetParameters", "read", () => awsRequest(cloud, life, "find product", () => cloud.products.get(id))),
  });
  return { find: (productId) => cache.get(productId) };
}
