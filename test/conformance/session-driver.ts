import type { LanguageModel } from "../../lambdas/app/language-ports.ts";
import { performJob } from "../../lambdas/app/perform-job.ts";
import type { ChatPlatform, DomainEvents, Mailbox, Product } from "../../lambdas/app/ports.ts";
import { takeSessionTurn } from "../../lambdas/app/session-turn.ts";
import type { TurnPorts } from "../../lambdas/app/turn-ports.ts";
import type { SessionActor } from "../../lambdas/domain/actor/actor.ts";
import type { SessionMessage } from "../../lambdas/domain/actor/message.ts";
import type { Job } from "../../lambdas/domain/language/job.ts";
import { createMemoryActorStore, type MemoryActorStore } from "../support/memory/actor-store.ts";
import { createMemoryAlarms } from "../support/memory/alarms.ts";
import { createMemoryAnswerClaims } from "../support/memory/answer-claims.ts";
import { createMemoryChatPlatform } from "../support/memory/chat-platform.ts";
import { createCountingRandom } from "../support/memory/counting-random.ts";
import { createMemoryDeadLetters } from "../support/memory/dead-letters.ts";
import { createMemoryKnowledgeBase } from "../support/memory/knowledge-base.ts";
import { createMemoryOfferGuards } from "../support/memory/offer-guards.ts";
import { createMemoryProductFeed } from "../support/memory/product-feed.ts";
import { createMemoryProductGuards } from "../support/memory/product-guards.ts";
import { createMemoryProducts } from "../support/memory/products.ts";
import { createMemoryPushQueue } from "../support/memory/push-queue.ts";
import { createMemoryTelemetry } from "../support/memory/telemetry.ts";
import type { Timeline } from "./timeline.ts";

export type SessionDriver = {
  /** Queues a message, and begins to work on it. */
  deliver(actor: SessionActor, message: SessionMessage): void;
  /** Until nothing goes on without time. */
  settle(): Promise<void>;
  /** Moves the clock, from event to event. */
  advance(ms: number): Promise<void>;
  /** Moves the clock from event to event until it is done. @returns whether it was by then (ms) */
  until(isDone: () => boolean, byMs?: number): Promise<boolean>;
  /** Whether a turn of the session goes on; of any session, or a job, when none is named. */
  isBusy(sessionId?: string): boolean;
};

/** Everything that needs nothing but promises has happened by then. */
const tick = () => new Promise<void>((resolve) => setImmediate(resolve));

/** Nobody listens. Some sessions of the vectors have no name, which no event may have. */
const silence: DomainEvents = { publish: async () => undefined, announce: async () => undefined };

/** Runs the shipped turns and jobs, one mailbox and one queue of jobs a session, on a clock that moves from event to event. */
export function createSessionDriver(
  timeline: Timeline,
  world: {
    readonly product: Product;
    readonly postNote: ChatPlatform["postNote"];
    readonly model: LanguageModel;
    readonly store?: MemoryActorStore;
  },
): SessionDriver {
  const { clock } = timeline;
  const { product, postNote, model, store = createMemoryActorStore() } = world;
  const random = createCountingRandom();
  const alarms = createMemoryAlarms(clock, random);
  const busy = new Set<string>();
  const mailboxes = new Map<string, SessionMessage[]>();
  const performing = new Map<string, Promise<void>>();
  let unfinishedJobs = 0;
  let travellingJobs = 0;

  const deliver = (actor: SessionActor, message: SessionMessage): void => {
    mailboxes.set(actor.sessionId, [...(mailboxes.get(actor.sessionId) ?? []), message]);
    if (!busy.has(actor.sessionId)) void work(actor);
  };
  const work = async (actor: SessionActor): Promise<void> => {
    busy.add(actor.sessionId);
    for (;;) {
      const [message, ...rest] = mailboxes.get(actor.sessionId) ?? [];
      mailboxes.set(actor.sessionId, rest);
      if (!message) break;
      const delivery = { messageId: message.id, receipt: "", group: actor.sessionId, receives: 1, body: "" };
      await takeSessionTurn(ports, actor, product, [{ message, delivery }], () => 30_000);
    }
    busy.delete(actor.sessionId);
  };
  const mailbox: Mailbox = {
    send: async (envelopes) => {
      for (const { actor, message } of envelopes) {
        if (actor.kind === "session") deliver(actor, message as SessionMessage);
      }
      return new Set(envelopes.keys());
    },
  };
  /** A job goes over a queue: whatever else happens at this moment comes before it. */
  const perform = async (job: Job, before: Promise<void>): Promise<void> => {
    await before;
    travellingJobs += 1;
    await tick();
    travellingJobs -= 1;
    await performJob(jobPorts, JSON.stringify(job), { remainingMs: 90_000, retryInMs: 2_000 });
    unfinishedJobs -= 1;
  };
  const ask = (job: Job): void => {
    const { sessionId } = job.actor;
    unfinishedJobs += 1;
    performing.set(sessionId, perform(job, performing.get(sessionId) ?? Promise.resolve()));
  };

  const platform: ChatPlatform = {
    ...createMemoryChatPlatform({ clock }).platform,
    postNote,
    findNote: async () => undefined,
    readContacts: async () => [],
    redactNote: async () => undefined,
    fingerprint: (text) => text,
  };
  const common = { store, mailbox, platform, clock, random, telemetry: createMemoryTelemetry() };
  const products = createMemoryProducts(product);
  const ports: TurnPorts = {
    ...common,
    products,
    jobs: { send: async (jobs) => jobs.forEach(ask) },
    pushes: createMemoryPushQueue(clock),
    feed: createMemoryProductFeed(clock),
    alarms,
    deadLetters: createMemoryDeadLetters(),
    redelivery: { postpone: async () => undefined },
    guards: createMemoryProductGuards(),
    offerGuards: createMemoryOfferGuards(),
    events: silence,
    configurationTtlMs: 60_000,
  };
  const { redelivery, guards, configurationTtlMs } = ports;
  const jobPorts = {
    ...common,
    ...{ products, redelivery, guards, configurationTtlMs },
    model,
    claims: createMemoryAnswerClaims(),
    knowledge: createMemoryKnowledgeBase(),
    wait: timeline.elapse,
  };

  const settle = async (): Promise<void> => {
    do await tick();
    while (travellingJobs > 0);
  };
  const nextEvent = (): number =>
    Math.min(timeline.nextEnd(), ...alarms.pending().map(({ firesAt }) => firesAt), Number.POSITIVE_INFINITY);
  const moveTo = async (moment: number): Promise<void> => {
    timeline.moveTo(moment);
    for (const { actor, message } of alarms.fire()) {
      if (actor.kind === "session" && message.type === "wake") deliver(actor, message);
    }
    await (nextEvent() <= clock.now() ? tick() : settle());
  };
  const until = async (isDone: () => boolean, byMs = Number.POSITIVE_INFINITY): Promise<boolean> => {
    await settle();
    while (!isDone()) {
      const next = nextEvent();
      if (next > byMs) clock.set(byMs);
      if (next > byMs || next === Number.POSITIVE_INFINITY) return false;
      await moveTo(next);
    }
    return true;
  };
  return {
    deliver,
    settle,
    until,
    advance: async (ms) => {
      const end = clock.now() + ms;
      while (nextEvent() <= end) await moveTo(nextEvent());
      clock.set(end);
    },
    isBusy: (sessionId) => (sessionId === undefined ? busy.size + unfinishedJobs > 0 : busy.has(sessionId)),
  };
}
