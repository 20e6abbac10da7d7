import { describe } from "vitest";
import { createDynamoActorStore } from "../../lambdas/adapters/dynamodb/actor-store.ts";
import { createSqsMailbox } from "../../lambdas/adapters/sqs/mailbox.ts";
import { partitionKey, stateSortKey } from "../../lambdas/domain/actor/keys.ts";
import { createChance } from "../simulation/chance.ts";
import type { Aws } from "../simulation/world/aws-request.ts";
import { createDynamoClient } from "../simulation/world/dynamodb-client.ts";
import { createFifoQueue } from "../simulation/world/fifo-queue.ts";
import type { Life } from "../simulation/world/life.ts";
import { createSqsClient, queueUrl } from "../simulation/world/sqs-client.ts";
import { createTable } from "../simulation/world/table.ts";
import { createVirtualTime } from "../simulation/world/virtual-time.ts";
import { createCountingRandom } from "../support/memory/counting-random.ts";
import { createMemoryTelemetry } from "../support/memory/telemetry.ts";
import { actorStoreContract } from "./suites/actor-store.ts";
import { type envelopeOf, mailboxContract } from "./suites/mailbox.ts";

const time = createVirtualTime();
const chance = createChance(1);

/** A process for which every request is answered at once, and nothing goes wrong. */
const life = {
  name: "process",
  role: "worker",
  alive: () => true,
  step: (_step: unknown, send: () => Promise<unknown>) => send(),
  act: async (_step: unknown, effect: () => unknown) => effect(),
} as unknown as Life;

const aws = { time, chance, faults: { aws: () => undefined }, count: () => {}, note: () => {} } as unknown as Aws;

describe("the simulated table, through the shipped adapter", () => {
  actorStoreContract(async () => {
    const table = createTable(time, { items: "never", rows: "never" }, () => {});
    const client = createDynamoClient(aws, life, table);
    return {
      store: createDynamoActorStore({ client, tableName: "actors", random: createCountingRandom() }),
      deleteItem: async (actor) => table.remove(partitionKey(actor), stateSortKey),
    };
  });
});

describe("the simulated queue, through the shipped adapter", () => {
  mailboxContract(() => {
    const actors = createFifoQueue({ time, chance }, 100, {
      onChange: () => {},
      onQueued: () => {},
      onLetter: () => {},
    });
    const client = createSqsClient(aws, life, {
      actors,
      jobs: actors,
      pushes: actors,
      deadlines: { send: () => {} } as never,
    });
    return {
      mailbox: createSqsMailbox({ client, queueUrl: queueUrl.actors, telemetry: createMemoryTelemetry() }),
      queued: (sessionId) =>
        actors
          .messages()
          .map(({ body }): ReturnType<typeof envelopeOf> => JSON.parse(body))
          .filter(({ actor }) => actor.kind === "session" && actor.sessionId === sessionId),
    };
  });
});
