import { createSqsDeadLetters } from "../../../lambdas/adapters/sqs/dead-letters.ts";
import { createSqsRedelivery } from "../../../lambdas/adapters/sqs/redelivery.ts";
import { deliverPushes } from "../../../lambdas/app/deliver-pushes.ts";
import type { PushPorts } from "../../../lambdas/app/push-ports.ts";
import type { Cloud } from "./cloud.ts";
import { createEndpoint } from "./endpoint.ts";
import { createPoller } from "./event-sources.ts";
import type { Received } from "./fifo-queue.ts";
import { createLife, type Life } from "./life.ts";
import { createSqsClient, queueUrl } from "./sqs-client.ts";
import { createProducts } from "./worker.ts";

/** As the deployment sets them. */
const PUSHES_VISIBILITY_MS = 90_000;
const PUSHER_TIMEOUT_MS = 60_000;
const MOST_PUSHERS = 2;

/** The event source of the delivery of pushes: batches of up to ten, each in a process of its own. */
export function createPushWorkers(cloud: Cloud): () => void {
  const { time, chance, faults, pushes, note } = cloud;
  let busy = 0;
  let born = 0;

  const deliver = async (received: readonly Received[]): Promise<void> => {
    born += 1;
    const life = createLife(cloud, `pusher-${born}`, "pusher");
    note(() => `${life.name} receives ${received.map(({ body, receives }) => `${JSON.parse(body).id}/${receives}`)}`);
    const endsAt = time.now() + PUSHER_TIMEOUT_MS;
    let done = false;
    time.at(endsAt, () => done || life.die("its time is up"));
    const work = deliverPushes(pushPorts(cloud, life), received, () => endsAt - time.now());
    const failed = await Promise.race([work, life.death.then(() => undefined)]);
    done = true;
    if (failed) {
      await time.after(chance.between(1, 20));
      const delivered = received.filter(({ messageId }) => !failed.includes(messageId));
      if (delivered.length > 0 && faults.undeleted("pusher")) note(() => `what ${life.name} has done is not deleted`);
      else for (const { receipt } of delivered) pushes.remove(receipt);
    }
    busy -= 1;
    wake();
  };
  const wake = createPoller(cloud, () => {
    const downUntil = faults.workersDownUntil("pusher");
    if (downUntil !== undefined) return time.at(downUntil, wake);
    while (busy < MOST_PUSHERS) {
      const early = pushes.messages().length > 0 ? faults.visibility("pusher") : undefined;
      const received = pushes.receive(early?.afterMs ?? PUSHES_VISIBILITY_MS);
      if (received.length === 0) return;
      busy += 1;
      void deliver(received);
    }
  });
  return wake;
}

function pushPorts(cloud: Cloud, life: Life): PushPorts {
  const sqs = createSqsClient(cloud, life, cloud);
  return {
    products: createProducts(cloud, life),
    endpoint: createEndpoint(cloud, life),
    deadLetters: createSqsDeadLetters({ client: sqs, queueUrl: queueUrl.pushDeadLetters }),
    redelivery: createSqsRedelivery({ client: sqs, queueUrl: queueUrl.pushes }),
    telemetry: cloud.telemetry(life.name),
    clock: life.clock,
    random: cloud.random,
  };
}
