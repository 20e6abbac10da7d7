import { describe, expect, it } from "vitest";
import { deliverPushes } from "../../lambdas/app/deliver-pushes.ts";
import { RetryableError, TerminalError } from "../../lambdas/app/ports.ts";
import type { PushPorts } from "../../lambdas/app/push-ports.ts";
import type { Delivery } from "../../lambdas/app/turn-ports.ts";
import type { Push } from "../../lambdas/domain/activity/push.ts";
import { messageGroupId } from "../../lambdas/domain/actor/keys.ts";
import { createCountingRandom } from "../support/memory/counting-random.ts";
import { createMemoryDeadLetters } from "../support/memory/dead-letters.ts";
import { createManualClock } from "../support/memory/manual-clock.ts";
import { createMemoryProducts } from "../support/memory/products.ts";
import { createMemoryTelemetry } from "../support/memory/telemetry.ts";
import { productWith } from "../support/product.ts";
import { T0 } from "../support/session.ts";

const url = "https://hooks.example.com/in";
const day = 86_400_000;

function createDelivery(document: Record<string, unknown> = { push: { url } }) {
  const clock = createManualClock(T0);
  const deadLetters = createMemoryDeadLetters();
  const telemetry = createMemoryTelemetry();
  const postponed: (readonly [readonly string[], number])[] = [];
  const taken: string[] = [];
  const sentTo = new Set<string>();
  let answer: (push: Push) => Error | undefined = () => undefined;
  const ports: PushPorts = {
    clock,
    deadLetters,
    telemetry,
    random: createCountingRandom(),
    products: createMemoryProducts(productWith(document, { "push/secret": ["newer", "older"] })),
    redelivery: { postpone: async (receipts, delayS) => void postponed.push([receipts, delayS]) },
    endpoint: {
      deliver: async (destination, push) => {
        const error = answer(push);
        if (error) throw error;
        sentTo.add(JSON.stringify(destination));
        taken.push(push.id);
      },
    },
  };
  return {
    clock,
    ports,
    deadLetters,
    telemetry,
    postponed,
    taken,
    sentTo,
    answerWith: (next: typeof answer) => {
      answer = next;
    },
  };
}

const deliveryOf = (sessionId: string, id: string, more: { readonly receives?: number; readonly at?: number } = {}) => {
  const push: Push = {
    id,
    actor: { kind: "session", productId: "acme", sessionId },
    at: more.at ?? T0,
    payload: {
      type: "summary",
      product_id: "acme",
      session_id: sessionId,
      summary: "Wrote to jane@example.com.",
      replaces: 3,
      forwarded_at: T0 / 1_000,
    },
  };
  const delivery: Delivery = {
    group: messageGroupId(push.actor),
    messageId: `m${id}`,
    receipt: `r${id}`,
    receives: more.receives ?? 1,
    body: JSON.stringify(push),
  };
  return delivery;
};

const inTime = () => 60_000;

describe("a batch of pushes", () => {
  it("given that the endpoint takes them, then each is sent once, with every valid secret, those of a session in order", async () => {
    const { ports, taken, sentTo, telemetry } = createDelivery();
    const deliveries = [deliveryOf("a", "1"), deliveryOf("b", "2"), deliveryOf("a", "3")];
    expect(await deliverPushes(ports, deliveries, inTime)).toEqual([]);
    expect(taken.toSorted()).toEqual(["1", "2", "3"]);
    expect(taken.filter((id) => id !== "2")).toEqual(["1", "3"]);
    expect([...sentTo]).toEqual([JSON.stringify({ url, secrets: ["newer", "older"] })]);
    expect(telemetry.counted("push.delivered", "acme")).toBe(3);
  });

  it("given that one fails, then its session waits for it, after growing whiles, and other sessions do not", async () => {
    const { ports, taken, postponed, answerWith } = createDelivery();
    answerWith(({ id }) => (id === "1" ? new RetryableError("failed", "push: 500") : undefined));
    const tries = [1, 2, 9, 400].map((receives) => [
      deliveryOf("a", "1", { receives }),
      deliveryOf("a", "2"),
      deliveryOf("b", "3"),
    ]);
    for (const deliveries of tries) {
      expect(await deliverPushes(ports, deliveries, inTime)).toEqual(["m1", "m2"]);
    }
    expect(new Set(taken)).toEqual(new Set(["3"]));
    expect(postponed.map(([receipts]) => receipts)).toEqual(tries.map(() => ["r1", "r2"]));
    const delays = postponed.map(([, delayS]) => delayS);
    expect(delays).toEqual(delays.toSorted((one, other) => one - other));
    expect(delays[0]).toBe(1);
    expect(Math.max(...delays)).toBeLessThanOrEqual(300);
  });

  it("given that the endpoint asks to wait, then it is given so long", async () => {
    const { ports, postponed, answerWith } = createDelivery();
    answerWith(() => new RetryableError("limited", "push: 429", { retryAfterMs: 120_000 }));
    await deliverPushes(ports, [deliveryOf("a", "1")], inTime);
    expect(postponed).toEqual([[["r1"], 120]]);
  });

  it("given that the endpoint wants no other try, then it is dropped and counted, and the next one goes", async () => {
    const { ports, taken, answerWith, telemetry } = createDelivery();
    answerWith(({ id }) => (id === "1" ? new TerminalError("rejected", "push: 422") : undefined));
    expect(await deliverPushes(ports, [deliveryOf("a", "1"), deliveryOf("a", "2")], inTime)).toEqual([]);
    expect(taken).toEqual(["2"]);
    expect(telemetry.counted("push.dropped", "acme")).toBe(1);
  });

  it("given that it failed for a day, then it is a dead letter that can be redriven, and the next one goes", async () => {
    const { ports, clock, taken, deadLetters, answerWith } = createDelivery();
    answerWith(({ id }) => (id === "1" ? new RetryableError("uncertain", "push: no answer") : undefined));
    const deliveries = [deliveryOf("a", "1"), deliveryOf("a", "2", { at: T0 + 1_000 })];
    clock.set(T0 + day - 1);
    expect(await deliverPushes(ports, deliveries, inTime)).toEqual(["m1", "m2"]);
    clock.set(T0 + day);
    expect(await deliverPushes(ports, deliveries, inTime)).toEqual([]);
    expect(taken).toEqual(["2"]);
    expect(deadLetters.letters()).toMatchObject([{ group: deliveries[0]?.group, body: deliveries[0]?.body }]);
  });

  it("given that the product names no endpoint any more, or is none, then nothing is sent", async () => {
    const without = createDelivery({});
    const known = createDelivery();
    const unknown = { ...known, ports: { ...known.ports, products: { find: async () => undefined } } };
    for (const { ports, taken, telemetry } of [without, unknown]) {
      expect(await deliverPushes(ports, [deliveryOf("a", "1")], inTime)).toEqual([]);
      expect(taken).toEqual([]);
      // Its operator wants it so: that is no alarm.
      expect(telemetry.counted("push.dropped", "acme")).toBe(0);
      expect(telemetry.entries().map(({ event }) => event)).toEqual(["push.unwanted"]);
    }
  });

  it("given a worker without time for another answer, then what it did not get to comes again at once", async () => {
    const { ports, taken, postponed } = createDelivery();
    const left = [60_000, 14_000];
    const deliveries = [deliveryOf("a", "1"), deliveryOf("a", "2")];
    expect(await deliverPushes(ports, deliveries, () => left.shift() ?? 0)).toEqual(["m2"]);
    expect([taken, postponed]).toEqual([["1"], [[["r2"], 0]]]);
  });

  it("given a message that is no push, then it is a dead letter", async () => {
    const { ports, deadLetters } = createDelivery();
    const nonsense = { ...deliveryOf("a", "1"), body: "{" };
    expect(await deliverPushes(ports, [nonsense], inTime)).toEqual([]);
    expect(deadLetters.letters()).toMatchObject([{ body: "{" }]);
  });

  it("never says in a log what a user did or is called", async () => {
    const { ports, clock, telemetry, answerWith } = createDelivery();
    await deliverPushes(ports, [deliveryOf("a@example.com", "1")], inTime);
    answerWith(() => new RetryableError("failed", "push: 500"));
    await deliverPushes(ports, [deliveryOf("a@example.com", "2")], inTime);
    clock.advance(day);
    await deliverPushes(ports, [deliveryOf("a@example.com", "3")], inTime);
    const logged = JSON.stringify(telemetry.entries());
    expect(logged).toContain("push.delivered");
    expect(logged).not.toMatch(/example\.com|jane|older|newer|hooks/);
  });
});
