import { processDeliveries } from "../../lambdas/app/process-deliveries.ts";
import type { Delivery, TurnPorts } from "../../lambdas/app/turn-ports.ts";
import type { SlimAction } from "../../lambdas/domain/activity/slim-action.ts";
import type { Identity } from "../../lambdas/domain/actor/actor.ts";
import { messageGroupId } from "../../lambdas/domain/actor/keys.ts";
import type { Envelope } from "../../lambdas/domain/actor/message.ts";
import type { Job, JobResult } from "../../lambdas/domain/language/job.ts";
import { createCrasher } from "./crash.ts";
import { createMemoryActorStore } from "./memory/actor-store.ts";
import { createMemoryAlarms } from "./memory/alarms.ts";
import { createMemoryChatPlatform } from "./memory/chat-platform.ts";
import { createCountingRandom } from "./memory/counting-random.ts";
import { createMemoryDeadLetters } from "./memory/dead-letters.ts";
import { createMemoryDomainEvents } from "./memory/domain-events.ts";
import { createMemoryJobQueue } from "./memory/job-queue.ts";
import { createMemoryMailbox } from "./memory/mailbox.ts";
import { createManualClock } from "./memory/manual-clock.ts";
import { createMemoryOfferGuards } from "./memory/offer-guards.ts";
import { createMemoryProductFeed } from "./memory/product-feed.ts";
import { createMemoryProductGuards } from "./memory/product-guards.ts";
import { createMemoryProducts } from "./memory/products.ts";
import { createMemoryPushQueue } from "./memory/push-queue.ts";
import { createMemoryTelemetry } from "./memory/telemetry.ts";
import { productWith } from "./product.ts";

/** A crashed worker's messages come back when their visibility timeout is over. */
const VISIBILITY_MS = 60_000;

const VISITOR: Identity = { by: "external", value: "user-1" };

/**
 * The shipped turn on in-memory ports and a clock that moves when told: one worker, one queue, one chat platform.
 *
 * @param lagMs how long after it was written the platform does not show a note
 */
export function createWorld(document: Record<string, unknown> = {}, { lagMs = 0 }: { readonly lagMs?: number } = {}) {
  const clock = createManualClock();
  const random = createCountingRandom();
  const store = createMemoryActorStore();
  const mailbox = createMemoryMailbox(clock);
  const jobs = createMemoryJobQueue(clock);
  const pushes = createMemoryPushQueue(clock);
  const feed = createMemoryProductFeed(clock);
  const alarms = createMemoryAlarms(clock, random);
  const chat = createMemoryChatPlatform({ clock, lagMs });
  const events = createMemoryDomainEvents();
  const deadLetters = createMemoryDeadLetters();
  const products = createMemoryProducts(productWith(document));
  const postponed = new Map<string, number>();
  let remainingMs = 30_000;
  const queue: { readonly delivery: Delivery; readonly visibleAt: number }[] = [];
  const open = new Set<string>();
  const crasher = createCrasher();
  const telemetry = createMemoryTelemetry();
  const offerGuards = createMemoryOfferGuards();
  const ports: TurnPorts = crasher.wrap<TurnPorts>({
    store,
    mailbox,
    jobs,
    pushes,
    feed,
    alarms,
    deadLetters,
    events,
    products,
    clock,
    random,
    platform: chat.platform,
    guards: createMemoryProductGuards(),
    offerGuards,
    telemetry,
    redelivery: {
      postpone: async (receipts, delayS) => {
        for (const receipt of receipts) postponed.set(receipt, clock.now() + delayS * 1_000);
      },
    },
    configurationTtlMs: 60_000,
  });
  let sent = 0;

  const toDelivery = (envelope: Envelope): Delivery => {
    sent += 1;
    const id = `m-${sent}`;
    const group = messageGroupId(envelope.actor);
    return { messageId: id, receipt: id, group, receives: 1, body: JSON.stringify(envelope) };
  };

  /** At most ten messages, in order; nothing of a group of which something is still out. */
  const receive = (): readonly Delivery[] => {
    queue.push(...mailbox.drain().map((envelope) => ({ delivery: toDelivery(envelope), visibleAt: clock.now() })));
    const held = new Set(
      queue.filter(({ visibleAt }) => visibleAt > clock.now()).map(({ delivery }) => delivery.group),
    );
    return queue
      .map(({ delivery }) => delivery)
      .filter(({ group }) => !held.has(group))
      .slice(0, 10);
  };

  /** When each group can be received again: when nothing of it is out any more. */
  const receivableAt = (): readonly number[] =>
    [...Map.groupBy(queue, ({ delivery }) => delivery.group).values()].map((group) =>
      Math.max(...group.map(({ visibleAt }) => visibleAt)),
    );

  /** Works until nothing can be received. A crash ends the worker; its messages come back, and another takes over. */
  const work = async (): Promise<void> => {
    for (let deliveries = receive(); deliveries.length > 0; deliveries = receive()) {
      const result = await Promise.race([processDeliveries(ports, deliveries, () => remainingMs), crasher.died()]);
      crasher.arm(undefined);
      for (const delivery of deliveries) {
        const at = queue.findIndex((entry) => entry.delivery.messageId === delivery.messageId);
        const done = result !== "died" && !result.includes(delivery.messageId);
        if (done) queue.splice(at, 1);
        else {
          const again = { ...delivery, receives: delivery.receives + 1 };
          const visibleAt = postponed.get(delivery.receipt) ?? clock.now() + VISIBILITY_MS;
          queue.splice(at, 1, { delivery: again, visibleAt });
        }
        postponed.delete(delivery.receipt);
      }
    }
  };

  /** Moves the clock to each alarm and redelivery on the way, and works there. */
  const advance = async (ms: number): Promise<void> => {
    const end = clock.now() + ms;
    await work();
    for (;;) {
      const next = Math.min(
        ...alarms.pending().map(({ firesAt }) => firesAt),
        ...receivableAt(),
        Number.POSITIVE_INFINITY,
      );
      if (next > end) break;
      clock.set(Math.max(next, clock.now()));
      await mailbox.send(alarms.fire());
      await work();
    }
    clock.set(end);
  };

  /** A job has come to an end, and its session is told. */
  const finish = async ({ id, actor }: Job, result: JobResult): Promise<void> => {
    const message = { type: "job-done" as const, id: `${id}>done`, acceptedAt: clock.now(), jobId: id, result };
    await mailbox.send([{ actor, message }]);
  };

  let batches = 0;
  return {
    clock,
    ports,
    toDelivery,
    chat,
    store,
    alarms,
    events,
    deadLetters,
    products,
    crasher,
    telemetry,
    mailbox,
    jobs,
    pushes,
    feed,
    work,
    advance,
    finish,
    /** The oldest job that is queued comes to this end. */
    finishJob: async (result: JobResult): Promise<void> => {
      const job = jobs.take();
      if (!job) throw new Error("No job is queued");
      await finish(job, result);
    },
    /** Queues a batch of a session, as the receiver does. Actions happen now, a millisecond apart. */
    act: async (sessionId: string, descriptions: readonly string[], more: Partial<BatchOf> = {}): Promise<Envelope> => {
      batches += 1;
      const now = clock.now();
      const {
        productId = "acme",
        id = `b-${batches}`,
        userId = VISITOR.value,
        startS = now / 1_000,
        pages = [],
        ...rest
      } = more;
      const actions = descriptions.map((description, index) =>
        action(description, startS + index / 1_000, pages[index]),
      );
      const envelope: Envelope = {
        actor: { kind: "session", productId, sessionId },
        message: { type: "actions", id, acceptedAt: now, latestAt: startS * 1_000, userId, ...rest, actions },
      };
      await mailbox.send([envelope]);
      return envelope;
    },
    /** Queues what the webhook receiver makes of a message of the visitor. */
    write: async (
      conversationId: string,
      more: {
        readonly id?: string;
        readonly wroteAt?: number;
        readonly userId?: string;
        readonly text?: string;
        readonly optionUuid?: string;
      } = {},
    ): Promise<void> => {
      const now = clock.now();
      const {
        id = `notif-${conversationId}-${now}`,
        wroteAt = now,
        userId = VISITOR.value,
        text = "",
        optionUuid,
      } = more;
      if (!open.has(conversationId)) chat.openConversation(conversationId, [{ externalId: userId }]);
      open.add(conversationId);
      await mailbox.send([
        {
          actor: { kind: "person", productId: "acme", identity: { by: "external", value: userId } },
          message: { type: "user-wrote", id, acceptedAt: now, conversationId, wroteAt, text, optionUuid },
        },
      ]);
    },
    /** The queue delivers a message once more, past its own de-duplication. */
    redeliver: async (envelope: Envelope): Promise<void> => {
      queue.push({ delivery: toDelivery(envelope), visibleAt: clock.now() });
      await work();
    },
    /** From now on a worker has so much time for a batch. */
    limitWorkers: (ms: number): void => {
      remainingMs = ms;
    },
    /** An alarm too many: early, late or a second time. */
    wake: async (sessionId: string): Promise<void> => {
      const message = { type: "wake" as const, id: random.nonce(), acceptedAt: clock.now() };
      await mailbox.send([{ actor: { kind: "session", productId: "acme", sessionId }, message }]);
    },
    /** Messages that are still out. */
    unsettled: () => queue.map(({ delivery }) => delivery.body),
    /** The lines of all notes of a conversation, in order, without their numbers. */
    lines: (conversationId: string): readonly string[] =>
      chat.notes
        .filter((note) => note.conversationId === conversationId)
        .flatMap(({ text }) => text.split("\n").flatMap((line) => line.match(/^\[\d+\] (.*)$/)?.[1] ?? [])),
  };
}

type BatchOf = {
  readonly productId: string;
  readonly id: string;
  readonly userId: string;
  readonly email: string;
  readonly conversationId: string;
  /** Time of the first action, seconds; now unless given. */
  readonly startS: number;
  /** The page of each action; the start page unless given. */
  readonly pages: readonly string[];
};

export function action(description: string, startS: number, page = "/"): SlimAction {
  const url = `https://app.example.com${page}`;
  return {
    index: 0,
    type: "click",
    title: description,
    description,
    timestamp_start: startS,
    timestamp_end: startS,
    raw_url: url,
    canonical_url: url,
    session_id: null,
    user_id: null,
    email: null,
    conversation_id: null,
  };
}

export type World = ReturnType<typeof createWorld>;
