import { createDynamoActorStore } from "../../../lambdas/adapters/dynamodb/actor-store.ts";
import { createDynamoAnswerClaims } from "../../../lambdas/adapters/dynamodb/answer-claims.ts";
import { createSqsMailbox } from "../../../lambdas/adapters/sqs/mailbox.ts";
import { createSqsRedelivery } from "../../../lambdas/adapters/sqs/redelivery.ts";
import type { JobPorts } from "../../../lambdas/app/job-ports.ts";
import { performJobs } from "../../../lambdas/app/perform-jobs.ts";
import type { Job } from "../../../lambdas/domain/language/job.ts";
import type { Cloud } from "./cloud.ts";
import { createDynamoClient } from "./dynamodb-client.ts";
import { createPoller } from "./event-sources.ts";
import type { Received } from "./fifo-queue.ts";
import { createLanguageModel } from "./language-model.ts";
import { createLife, type Life } from "./life.ts";
import { createPlatform } from "./platform.ts";
import { createSqsClient, queueUrl } from "./sqs-client.ts";
import { CONFIGURATION_TTL_MS, createGuards, createProducts } from "./worker.ts";

/** As the deployment sets them. */
const JOBS_VISIBILITY_MS = 120_000;
const LANGUAGE_WORKER_TIMEOUT_MS = 90_000;
const MOST_WORKERS = 3;

/** The event source of the language worker: one job an invocation, several at once, in the order of each session and kind. */
export function createJobWorkers(cloud: Cloud): () => void {
  const { time, chance, faults, jobs, note, language, scenario } = cloud;
  const { clockSkewMs } = scenario.deployment;
  let busy = 0;
  let born = 0;

  const perform = async (received: readonly Received[]): Promise<void> => {
    born += 1;
    const life = createLife(cloud, `language-${born}`, "language", chance.between(-clockSkewMs, clockSkewMs));
    for (const { body } of received) language.taken(body);
    note(() => `${life.name} receives ${received.map(({ body, receives }) => `${JSON.parse(body).id}/${receives}`)}`);
    const failed = await invoke(cloud, life, received);
    if (failed) {
      await time.after(chance.between(1, 20));
      cloud.count("receive and delete");
      const done = received.filter(({ messageId }) => !failed.includes(messageId));
      if (failed.length > 0) note(() => `${life.name} failed`);
      if (done.length > 0 && faults.undeleted("language")) note(() => `what ${life.name} has done is not deleted`);
      else for (const { receipt } of done) jobs.remove(receipt);
    }
    busy -= 1;
    wake();
  };
  const wake = createPoller(cloud, () => {
    const downUntil = faults.workersDownUntil("language");
    if (downUntil !== undefined) return time.at(downUntil, wake);
    while (busy < MOST_WORKERS) {
      const early = jobs.messages().length > 0 ? faults.visibility("language") : undefined;
      const received = jobs.receive(early?.afterMs ?? JOBS_VISIBILITY_MS, 1);
      if (received.length === 0) return;
      busy += 1;
      void perform(received);
    }
  });
  return wake;
}

/** @returns the ids that failed; undefined when the worker died, or its time was up. */
async function invoke(cloud: Cloud, life: Life, received: readonly Received[]): Promise<readonly string[] | undefined> {
  const { time, note } = cloud;
  const endsAt = time.now() + LANGUAGE_WORKER_TIMEOUT_MS;
  const over = Promise.withResolvers<undefined>();
  let done = false;
  time.at(endsAt, () => {
    if (done || !life.alive()) return;
    if (!life.zombie()) life.die("its time is up");
    else note(() => `${life.name} is a zombie`);
    over.resolve(undefined);
  });
  const [job] = received.map(({ body }): Job => JSON.parse(body));
  const ports = jobPorts(cloud, life, () => {
    if (!job) throw new Error("No job is in hand");
    return job;
  });
  const work = performJobs(ports, received, () => endsAt - time.now());
  const failed = await Promise.race([work, life.death.then(() => undefined), over.promise]);
  done = true;
  return failed;
}

function jobPorts(cloud: Cloud, life: Life, jobInHand: () => Job): JobPorts {
  const { random, table } = cloud;
  const telemetry = cloud.telemetry(life.name);
  const client = createDynamoClient(cloud, life, table);
  const sqs = createSqsClient(cloud, life, cloud);
  return {
    store: createDynamoActorStore({ client, tableName: "actors", random }),
    claims: createDynamoAnswerClaims({ client, tableName: "actors" }),
    mailbox: createSqsMailbox({ client: sqs, queueUrl: queueUrl.actors, telemetry }),
    redelivery: createSqsRedelivery({ client: sqs, queueUrl: queueUrl.jobs }),
    guards: createGuards(cloud, life),
    products: createProducts(cloud, life),
    platform: createPlatform(cloud, life),
    model: createLanguageModel(cloud, life, jobInHand),
    knowledge: { retrieve: async () => [] },
    telemetry,
    clock: life.clock,
    random,
    wait: cloud.time.after,
    configurationTtlMs: CONFIGURATION_TTL_MS,
  };
}
