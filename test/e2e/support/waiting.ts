import { expect } from "vitest";
import type { System } from "./system.ts";
import type { Visitor } from "./visitor.ts";

/** Generous: it is waited out by a test that fails, and a busy machine makes everything late. */
const DEADLINE_MS = 30_000;

/** Waits until Intercom has answered so many calls of a product since now, whatever it answered. */
export async function untilCalls(system: System, productId: string, count: number): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  let calls = 0;
  const stop = system.product(productId).road.onCall((step) => {
    if (step === "after" && ++calls >= count) resolve();
  });
  const timer = setTimeout(() => reject(new Error(`Waited for ${count} calls and saw ${calls}`)), DEADLINE_MS);
  return promise.finally(() => {
    stop();
    clearTimeout(timer);
  });
}

/** Waits until so many notes stand in a conversation. @throws Error telling those that do, when they do not in time. */
export async function untilNotes(system: System, visitor: Visitor, conversationId: string, count: number) {
  const { intercom } = system.product(visitor.productId);
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const check = () => {
    if (visitor.notes(conversationId).length >= count) resolve();
  };
  const stop = intercom.onPart(check);
  const timer = setTimeout(
    () => reject(new Error(`Waited for ${count} notes and saw ${JSON.stringify(visitor.notes(conversationId))}`)),
    DEADLINE_MS,
  );
  check();
  return promise.finally(() => {
    stop();
    clearTimeout(timer);
  });
}

const working = ["MailboxQueue", "JobsQueue", "PushesQueue", "DelayedLaneQueue"];
const dead = [
  "MailboxDeadLetters",
  "JobsDeadLetters",
  "PushesDeadLetters",
  "DelayedLaneDeadLetters",
  "SchedulerLaneDeadLetters",
];

/** An alarm that is due later guards what is over by now: that an answer is given up, for one. */
const SOON_MS = 10_000;

/** How many messages these queues hold, wherever in them; alarms only when they go off soon. */
const total = (system: System, queues: readonly string[], productId?: string): number =>
  queues
    .flatMap((queue) => system.cloud.queues.messages(queue))
    .filter(({ body }) => productId === undefined || body.includes(`"productId":"${productId}"`))
    .filter(({ place, body }) => place !== "delayed" || JSON.parse(body).dueAt < Date.now() + SOON_MS).length;

/** Waits until no actor has a message: whatever they do next, an alarm or a job begins it. */
export async function untilTurnsEnd(system: System): Promise<void> {
  await system.cloud.queues.until(() => total(system, ["MailboxQueue"]) === 0, DEADLINE_MS);
}

/** Waits until nothing is to be done for one product, as {@link settled} does for all: others may be busy meanwhile. */
export async function productSettled(system: System, productId: string): Promise<void> {
  await system.cloud.queues.until(() => total(system, working, productId) === 0, DEADLINE_MS);
  expect(total(system, dead, productId)).toBe(0);
}

/**
 * Waits until nothing is to be done: every message is done with, and every alarm of the precise lane has gone off that
 * is due soon (an alarm that has gone off is a message until the session's turn is over).
 */
export async function settled(system: System, given: { readonly deadLetters: number } = { deadLetters: 0 }) {
  await system.cloud.queues.until(() => total(system, working) === 0, DEADLINE_MS);
  expect(total(system, dead)).toBe(given.deadLetters);
}
