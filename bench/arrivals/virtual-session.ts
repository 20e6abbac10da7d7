import { processDeliveries } from "../../lambdas/app/process-deliveries.ts";
import type { TurnPorts } from "../../lambdas/app/turn-ports.ts";
import type { SessionActor } from "../../lambdas/domain/actor/actor.ts";
import { messageGroupId } from "../../lambdas/domain/actor/keys.ts";
import { createMemoryActorStore } from "../../test/support/memory/actor-store.ts";
import { createMemoryAlarms } from "../../test/support/memory/alarms.ts";
import { createMemoryChatPlatform } from "../../test/support/memory/chat-platform.ts";
import { createCountingRandom } from "../../test/support/memory/counting-random.ts";
import { createMemoryDeadLetters } from "../../test/support/memory/dead-letters.ts";
import { createMemoryDomainEvents } from "../../test/support/memory/domain-events.ts";
import { createMemoryJobQueue } from "../../test/support/memory/job-queue.ts";
import { createMemoryMailbox } from "../../test/support/memory/mailbox.ts";
import { createManualClock } from "../../test/support/memory/manual-clock.ts";
import { createMemoryOfferGuards } from "../../test/support/memory/offer-guards.ts";
import { createMemoryProductFeed } from "../../test/support/memory/product-feed.ts";
import { createMemoryProductGuards } from "../../test/support/memory/product-guards.ts";
import { createMemoryProducts } from "../../test/support/memory/products.ts";
import { createMemoryPushQueue } from "../../test/support/memory/push-queue.ts";
import { createMemoryTelemetry } from "../../test/support/memory/telemetry.ts";
import { productWith } from "../../test/support/product.ts";
import { action } from "../../test/support/world.ts";
import { createTimeline } from "./timeline.ts";

/** What a batch of SQS messages holds at most. */
const BATCH_SIZE = 10;

const WORKER_TIMEOUT_MS = 30_000;

const actor: SessionActor = { kind: "session", productId: "acme", sessionId: "session-1" };
const conversationId = "conversation-1";

/**
 * The shipped turn of one linked session on in-memory ports and a clock that jumps from event to event: one worker, which
 * is busy while the platform takes its time.
 *
 * @param answerMs how long the platform takes for every call.
 * @param failedCall every n-th call is answered with an error; 0 for none.
 */
export async function createVirtualSession({
  answerMs,
  failedCall,
}: {
  readonly answerMs: number;
  readonly failedCall: number;
}) {
  const clock = createManualClock();
  const timeline = createTimeline(clock);
  const random = createCountingRandom();
  const mailbox = createMemoryMailbox(clock);
  const alarms = createMemoryAlarms(clock, random);
  const chat = createMemoryChatPlatform({ clock });
  chat.openConversation(conversationId, []);
  const ports: TurnPorts = {
    store: createMemoryActorStore(),
    mailbox,
    jobs: createMemoryJobQueue(clock),
    pushes: createMemoryPushQueue(clock),
    feed: createMemoryProductFeed(clock),
    alarms,
    deadLetters: createMemoryDeadLetters(),
    redelivery: { postpone: async () => undefined },
    guards: createMemoryProductGuards(),
    offerGuards: createMemoryOfferGuards(),
    products: createMemoryProducts(productWith()),
    platform: {
      ...chat.platform,
      postNote: async (product, note) => {
        await timeline.after(answerMs);
        if (failedCall > 0 && (chat.calls.length + 1) % failedCall === 0) chat.failNext(["outage"]);
        return chat.platform.postNote(product, note);
      },
    },
    events: createMemoryDomainEvents(),
    telemetry: createMemoryTelemetry(),
    clock,
    random,
    configurationTtlMs: 60_000,
  };

  let received = 0;
  let busy = false;
  /** Takes turns while there are messages; the group is closed to others meanwhile. */
  const work = async (): Promise<void> => {
    if (busy) return;
    busy = true;
    const waiting = mailbox.drain().map((envelope) => {
      const messageId = `message-${++received}`;
      const group = messageGroupId(envelope.actor);
      return { messageId, receipt: messageId, group, receives: 1, body: JSON.stringify(envelope) };
    });
    while (waiting.length > 0) {
      const endsAt = clock.now() + WORKER_TIMEOUT_MS;
      const failed = await processDeliveries(ports, waiting.splice(0, BATCH_SIZE), () => endsAt - clock.now());
      if (failed.length > 0) throw new Error("A turn failed, though only the platform fails here");
    }
    busy = false;
    if (mailbox.queued().length > 0) void work();
  };

  await mailbox.send([{ actor, message: { type: "link", id: "link", acceptedAt: clock.now(), conversationId } }]);
  await work();

  return {
    now: clock.now,
    /** Every call so far. */
    calls: () => chat.calls.length,
    notes: chat.notes,
    /** A batch of one action is accepted now. */
    async act(description: string): Promise<void> {
      const now = clock.now();
      const actions = [action(description, now / 1_000)];
      const message = { type: "actions" as const, id: description, acceptedAt: now, latestAt: now, actions };
      await mailbox.send([{ actor, message }]);
      void work();
      await timeline.settle();
    },
    /** Lets so much time pass; without an end, until nothing is left to happen. */
    async advance(ms = Number.POSITIVE_INFINITY): Promise<void> {
      const end = clock.now() + ms;
      for (;;) {
        const next = Math.min(timeline.next(), alarms.pending()[0]?.firesAt ?? Number.POSITIVE_INFINITY);
        if (next > end || next === Number.POSITIVE_INFINITY) break;
        clock.set(Math.max(next, clock.now()));
        await mailbox.send(alarms.fire());
        void work();
        await timeline.reached();
      }
      if (end !== Number.POSITIVE_INFINITY) clock.set(end);
    },
  };
}
