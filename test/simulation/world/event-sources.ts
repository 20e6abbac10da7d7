import { createSqsMailbox } from "../../../lambdas/adapters/sqs/mailbox.ts";
import { relayDeadline } from "../../../lambdas/app/relay-deadline.ts";
import type { Cloud } from "./cloud.ts";
import type { DeadlineMessage } from "./deadlines-queue.ts";
import { createLife } from "./life.ts";
import { createSqsClient, queueUrl } from "./sqs-client.ts";
import { createWorker, type Worker } from "./worker.ts";

/** As the deployment sets them. */
const ACTORS_VISIBILITY_MS = 60_000;
const RELAY_TIMEOUT_MS = 15_000;
const MAX_RELAYS = 3;

/** Polls when it is told that there may be something, and not at once: meanwhile more may come. */
export function createPoller(cloud: Cloud, poll: () => void): () => void {
  let planned = false;
  return () => {
    if (planned) return;
    planned = true;
    cloud.time.at(cloud.time.now() + cloud.chance.between(1, 30), () => {
      planned = false;
      poll();
    });
  };
}

/** The event source of the actor worker: batches of up to ten, several at once, partial failures, dead workers. */
export function createWorkers(cloud: Cloud): () => void {
  const { time, chance, faults, actors, history, note, scenario } = cloud;
  const { workers, clockSkewMs } = scenario.deployment;
  const idle: Worker[] = [];
  let busy = 0;
  let born = 0;

  const hire = (): Worker => {
    born += 1;
    const skewMs = chance.between(-clockSkewMs, clockSkewMs);
    return createWorker(cloud, createLife(cloud, `worker-${born}`, "worker", skewMs));
  };
  const run = async (received: ReturnType<typeof actors.receive>): Promise<void> => {
    const worker = idle.pop() ?? hire();
    for (const { body } of received) history.received(body);
    note(() => `${worker.life.name} receives ${received.map((one) => `${one.messageId}/${one.receives}`).join(" ")}`);
    const failed = await worker.invoke(received);
    if (failed) {
      idle.push(worker);
      await time.after(chance.between(1, 20));
      const done = received.filter(({ messageId }) => !failed.includes(messageId));
      cloud.count("receive and delete");
      if (failed.length > 0) note(() => `${worker.life.name} failed ${failed.join(" ")}`);
      if (done.length > 0 && faults.undeleted("worker")) note(() => `what ${worker.life.name} has done is not deleted`);
      else for (const { receipt } of done) actors.remove(receipt);
    }
    busy -= 1;
    wake();
  };
  const wake = createPoller(cloud, () => {
    const downUntil = faults.workersDownUntil("worker");
    if (downUntil !== undefined) return time.at(downUntil, wake);
    while (busy < workers) {
      const early = actors.messages().length > 0 ? faults.visibility("worker") : undefined;
      const received = actors.receive(early?.afterMs ?? ACTORS_VISIBILITY_MS);
      if (received.length === 0) return;
      busy += 1;
      void run(received);
    }
  });
  return wake;
}

/** The event source of the deadline relay. */
export function createRelays(cloud: Cloud): () => void {
  const { time, chance, deadlines } = cloud;
  let busy = 0;
  let born = 0;

  const relay = async (messages: readonly DeadlineMessage[]): Promise<void> => {
    born += 1;
    const life = createLife(cloud, `relay-${born}`, "relay");
    const telemetry = cloud.telemetry(life.name);
    const ports = {
      mailbox: createSqsMailbox({ client: createSqsClient(cloud, life, cloud), queueUrl: queueUrl.actors, telemetry }),
      telemetry,
      clock: life.clock,
      wait: time.after,
    };
    let done = false;
    time.at(time.now() + RELAY_TIMEOUT_MS, () => done || life.die("its time is up"));
    const work = Promise.allSettled(messages.map(({ body }) => relayDeadline(ports, body)));
    const results = await Promise.race([work, life.death.then(() => undefined)]);
    done = true;
    await time.after(chance.between(1, 20));
    cloud.count("receive and delete");
    messages.forEach(({ messageId }, index) => {
      if (results?.[index]?.status === "fulfilled") deadlines.remove(messageId);
    });
    busy -= 1;
    wake();
  };
  const wake = createPoller(cloud, () => {
    while (busy < MAX_RELAYS) {
      const messages = deadlines.receive();
      if (messages.length === 0) return;
      busy += 1;
      void relay(messages);
    }
  });
  return wake;
}
