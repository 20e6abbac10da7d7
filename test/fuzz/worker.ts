import { messageBody } from "../../lambdas/adapters/aws/message-body.ts";
import { createIntercomPlatform } from "../../lambdas/adapters/intercom/platform.ts";
import { createTelemetry } from "../../lambdas/adapters/telemetry/telemetry.ts";
import type { ActorStore, Products } from "../../lambdas/app/ports.ts";
import { processDeliveries } from "../../lambdas/app/process-deliveries.ts";
import type { Delivery, TurnPorts } from "../../lambdas/app/turn-ports.ts";
import { messageGroupId } from "../../lambdas/domain/actor/keys.ts";
import type { Envelope } from "../../lambdas/domain/actor/message.ts";
import { createMemoryAlarms } from "../support/memory/alarms.ts";
import { createCountingRandom } from "../support/memory/counting-random.ts";
import { createMemoryDeadLetters } from "../support/memory/dead-letters.ts";
import { createMemoryDomainEvents } from "../support/memory/domain-events.ts";
import { createMemoryJobQueue } from "../support/memory/job-queue.ts";
import type { MemoryMailbox } from "../support/memory/mailbox.ts";
import type { ManualClock } from "../support/memory/manual-clock.ts";
import { createMemoryOfferGuards } from "../support/memory/offer-guards.ts";
import { createMemoryProductFeed } from "../support/memory/product-feed.ts";
import { createMemoryProductGuards } from "../support/memory/product-guards.ts";
import { createMemoryPushQueue } from "../support/memory/push-queue.ts";
import type { Outside } from "./outside.ts";

/** More alarms than any session here needs: each of its notes is tried a dozen times at most. */
const MAX_ROUNDS = 500;

const REMAINING_MS = 30_000;

/**
 * The shipped worker, with its logging and its Intercom adapter, behind the edges' queue. A message goes through the
 * form in which SQS carries it.
 */
export function createWorker(given: {
  readonly outside: Outside;
  readonly clock: ManualClock;
  readonly products: Products;
  readonly mailbox: MemoryMailbox;
  readonly store: ActorStore;
}) {
  const { outside, clock, products, mailbox, store } = given;
  const random = createCountingRandom();
  const alarms = createMemoryAlarms(clock, random);
  const deadLetters = createMemoryDeadLetters();
  const telemetry = createTelemetry("actor-worker", "fuzz");
  const ports: TurnPorts = {
    store,
    mailbox,
    jobs: createMemoryJobQueue(clock),
    pushes: createMemoryPushQueue(clock),
    feed: createMemoryProductFeed(clock),
    alarms,
    deadLetters,
    events: createMemoryDomainEvents(),
    products,
    clock,
    random,
    platform: createIntercomPlatform({ baseUrlOverride: outside.intercom.url, clock }),
    guards: createMemoryProductGuards(),
    offerGuards: createMemoryOfferGuards(),
    telemetry,
    redelivery: { postpone: async () => undefined },
    configurationTtlMs: 60_000,
  };
  let received = 0;

  const toDelivery = (envelope: Envelope): Delivery => {
    const id = `m-${++received}`;
    return {
      messageId: id,
      receipt: id,
      group: messageGroupId(envelope.actor),
      receives: 1,
      body: messageBody(envelope),
    };
  };

  /** @throws Error when a message must come again, though nothing was in trouble but what it says. */
  const work = async (): Promise<void> => {
    for (let envelopes = mailbox.drain(); envelopes.length > 0; envelopes = mailbox.drain()) {
      const failed = await processDeliveries(ports, envelopes.map(toDelivery), () => REMAINING_MS);
      if (failed.length > 0) throw new Error(`${failed.length} messages were not folded`);
    }
  };

  return {
    /** What was put aside. */
    quarantined: deadLetters.letters,
    /** Works, and lets alarms go off in their time, until nothing is left to do. */
    async settle(): Promise<void> {
      await work();
      for (let round = 0; alarms.pending().length > 0; round += 1) {
        if (round === MAX_ROUNDS) throw new Error("Alarms without end");
        clock.set(Math.max(clock.now(), alarms.pending()[0]?.firesAt ?? 0));
        await mailbox.send(alarms.fire());
        await work();
      }
      telemetry.flush();
    },
  };
}
