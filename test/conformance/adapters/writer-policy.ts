import type { Product } from "../../../lambdas/app/ports.ts";
import { RetryableError } from "../../../lambdas/app/ports.ts";
import { takeSessionTurn } from "../../../lambdas/app/session-turn.ts";
import type { TurnPorts } from "../../../lambdas/app/turn-ports.ts";
import { toActionsEnvelopes } from "../../../lambdas/domain/activity/action-batch.ts";
import { parseSlimAction } from "../../../lambdas/domain/activity/parse-action.ts";
import type { SessionActor } from "../../../lambdas/domain/actor/actor.ts";
import type { SessionMessage } from "../../../lambdas/domain/actor/message.ts";
import { createMemoryActorStore } from "../../support/memory/actor-store.ts";
import { createMemoryAlarms } from "../../support/memory/alarms.ts";
import { createMemoryChatPlatform } from "../../support/memory/chat-platform.ts";
import { createCountingRandom } from "../../support/memory/counting-random.ts";
import { createMemoryDeadLetters } from "../../support/memory/dead-letters.ts";
import { createMemoryDomainEvents } from "../../support/memory/domain-events.ts";
import { createMemoryMailbox } from "../../support/memory/mailbox.ts";
import { createManualClock, type ManualClock } from "../../support/memory/manual-clock.ts";
import { createMemoryOfferGuards } from "../../support/memory/offer-guards.ts";
import { createMemoryProductGuards } from "../../support/memory/product-guards.ts";
import { createMemoryProducts } from "../../support/memory/products.ts";
import { createMemoryTelemetry } from "../../support/memory/telemetry.ts";
import { productWith } from "../../support/product.ts";
import type { Adapters, Input } from "../adapter.ts";

type Post = { atMs: number; conversationId: string; body: string; outcome: string; endMs?: number };

const settleMicrotasks = () => new Promise<void>((resolve) => setImmediate(resolve));

/** Runs the shipped turn, one mailbox a session, on a clock that moves from event to event. */
function createDriver({ now, options, postScript = [] }: Input) {
  const start = now * 1_000;
  const clock = createManualClock(start);
  const random = createCountingRandom();
  const alarms = createMemoryAlarms(clock, random);
  const posts: Post[] = [];
  const ends = new Map<number, (() => void)[]>();
  const at = (moment: number): Promise<void> =>
    new Promise((resolve) => ends.set(moment, [...(ends.get(moment) ?? []), resolve]));

  const postNote: TurnPorts["platform"]["postNote"] = async (_product, { conversationId, text }) => {
    const script = postScript[posts.length] ?? { id: `auto-${posts.length + 1}` };
    const post: Post = { atMs: clock.now() - start, conversationId, body: text, outcome: "inFlight" };
    posts.push(post);
    if (script.latencyS) await at(clock.now() + script.latencyS * 1_000);
    post.endMs = clock.now() - start;
    post.outcome = script.throws ? "threw" : script.id ? "delivered" : "rejected";
    if (!script.id) throw new RetryableError("failed", "the script says so");
    return { partId: script.id };
  };

  const product = productFrom(options);
  const ports: TurnPorts = {
    store: createMemoryActorStore(),
    mailbox: createMemoryMailbox(clock),
    alarms,
    deadLetters: createMemoryDeadLetters(),
    redelivery: { postpone: async () => undefined },
    guards: createMemoryProductGuards(),
    offerGuards: createMemoryOfferGuards(),
    judge: undefined,
    products: createMemoryProducts(product),
    platform: {
      ...createMemoryChatPlatform({ clock }).platform,
      postNote,
      findNote: async () => undefined,
      readContacts: async () => [],
      fingerprint: (text) => text,
    },
    events: createMemoryDomainEvents(),
    telemetry: createMemoryTelemetry(),
    clock,
    random,
    configurationTtlMs: 60_000,
  };

  const mailboxes = new Map<string, SessionMessage[]>();
  const busy = new Set<string>();
  const deliver = (actor: SessionActor, message: SessionMessage): void => {
    const waiting = mailboxes.get(actor.sessionId) ?? [];
    mailboxes.set(actor.sessionId, [...waiting, message]);
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
  const nextEvent = (): number =>
    Math.min(...ends.keys(), ...alarms.pending().map(({ firesAt }) => firesAt), Number.POSITIVE_INFINITY);
  const moveTo = async (moment: number): Promise<void> => {
    clock.set(Math.max(moment, clock.now()));
    for (const end of ends.get(moment) ?? []) end();
    ends.delete(moment);
    for (const { actor, message } of alarms.fire()) {
      if (actor.kind === "session" && message.type === "wake") deliver(actor, message);
    }
    await settleMicrotasks();
  };
  return {
    clock,
    posts,
    deliver,
    settle: settleMicrotasks,
    advance: async (ms: number): Promise<void> => {
      const end = clock.now() + ms;
      while (nextEvent() <= end) await moveTo(nextEvent());
      clock.set(end);
    },
    /** An op that is awaited moves the clock while it has to wait. */
    untilIdle: async (sessionId: string): Promise<void> => {
      await settleMicrotasks();
      while (busy.has(sessionId)) await moveTo(nextEvent());
    },
  };
}

/** The reference follows the latest link, asks an admin for nothing, and never waits longest. */
function productFrom(options: Input): Product {
  const product = productWith({ link: { policy: "latest" }, bin_seconds: options.binSeconds ?? 3 });
  const ms = (seconds: number | undefined, fallback: number) => (seconds ?? fallback) * 1_000;
  return {
    ...product,
    configuration: {
      ...product.configuration,
      preLinkWindowMs: ms(options.preLinkWindowS, 120),
      debounceMs: ms(options.postLinkDebounceS, 0.15),
      maxWaitMs: 5_000,
    },
  };
}

async function writerPolicySequence(input: Input) {
  const driver = createDriver(input);
  const steps: unknown[] = [];
  for (const [index, op] of input.ops.entries()) {
    if (isRefusedAtTheEdge(op)) {
      steps.push({ error: "refused" });
      continue;
    }
    if (op.op === "advance") await driver.advance(op.s * 1_000);
    else {
      const sessionId = op.sessionId ?? "";
      const actor: SessionActor = { kind: "session", productId: "acme", sessionId };
      for (const message of messagesOf(op, sessionId, index, driver.clock)) driver.deliver(actor, message);
      if (op.background) await driver.settle();
      else await driver.untilIdle(sessionId);
    }
    steps.push({ result: null });
  }
  return { posts: driver.posts, steps, background: [] };
}

/** A batch in which a time is no number never gets past the receiver (400). */
function isRefusedAtTheEdge(op: Input): boolean {
  return op.op === "writeActions" && op.actions.some((action: Input) => typeof action.timestamp_start === "string");
}

function messagesOf(op: Input, sessionId: string, index: number, clock: ManualClock): readonly SessionMessage[] {
  const stamp = { id: `op-${index}`, acceptedAt: clock.now() };
  if (op.op === "sessionLinked") return [{ ...stamp, type: "link", conversationId: op.conversationId }];
  const payload = {
    product_id: "acme",
    session_id: sessionId,
    user_id: null,
    email: null,
    conversation_id: null,
    actions: op.actions.map(parseSlimAction),
    count: op.actions.length,
    forwarded_at: 0,
  };
  const rawBody = Buffer.from(`${index}`);
  return toActionsEnvelopes([payload], { productId: "acme", rawBody, acceptedAt: clock.now() }).map(
    ({ message }) => message,
  );
}

export const writerPolicyAdapters: Adapters = {
  writerPolicySequence: {
    run: writerPolicySequence,
    // Buffers, timers and part ids are how the reference does it; what is posted when, and what fails, is the contract.
    contract: ({ posts, steps }) => ({ posts, errors: steps.map(({ error }: Input) => error ?? null) }),
  },
};
