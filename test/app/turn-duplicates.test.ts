import { describe, expect, it } from "vitest";
import { processDeliveries } from "../../lambdas/app/process-deliveries.ts";
import type { SessionState } from "../../lambdas/domain/session/state.ts";
import { collect } from "../support/collect.ts";
import { productWith } from "../support/product.ts";
import { createWorld, type World } from "../support/world.ts";

const minute = 60_000;
const hour = 60 * minute;
const s1 = { kind: "session", productId: "acme", sessionId: "s1" } as const;
const stateOf = async (world: World) => (await world.store.load(s1, world.clock.now())).state as SessionState;
const notesOf = async (world: World) =>
  (await collect(world.store.notes(s1, { after: 0, through: 1_000, newestFirst: true }))).map(({ partId }) => partId);

describe("a batch that is delivered again", () => {
  it("given at once, then it is applied once", async () => {
    const world = createWorld();
    const batch = await world.act("s1", ["a"]);
    await world.redeliver(batch);
    await world.redeliver(batch);
    await world.write("c1");
    await world.advance(minute);
    expect(world.lines("c1")).toEqual(["a"]);
  });

  it("given after forty other batches and an hour, then it is applied once", async () => {
    const world = createWorld();
    await world.write("c1");
    const batch = await world.act("s1", ["a"]);
    for (let n = 0; n < 40; n += 1) {
      await world.act("s1", [`${n}`]);
      await world.advance(1_000);
    }
    await world.advance(hour);
    await world.redeliver(batch);
    await world.advance(minute);
    expect(world.lines("c1")).toEqual(["a", ...Array.from({ length: 40 }, (_, n) => `${n}`)]);
  });

  it("given after forty messages that the user wrote, then it is applied once", async () => {
    const world = createWorld();
    const batch = await world.act("s1", ["a"]);
    for (let n = 0; n < 40; n += 1) {
      await world.write("c1", { id: `message-${n}` });
      await world.advance(1_000);
    }
    await world.advance(hour);
    await world.redeliver(batch);
    await world.advance(minute);
    expect(world.lines("c1")).toEqual(["a"]);
  });
});

describe("a webhook that is delivered again", () => {
  it("given an hour later, when the user has gone on elsewhere, then it changes nothing", async () => {
    const world = createWorld({ link: { policy: "latest" } });
    const wroteAt = world.clock.now();
    await world.act("s1", ["a"]);
    await world.write("c1", { id: "n1", wroteAt });
    await world.advance(minute);
    await world.write("c2", { id: "n2" });
    await world.advance(hour);
    const before = await stateOf(world);
    await world.write("c1", { id: "n1", wroteAt });
    await world.advance(minute);
    expect(await stateOf(world)).toEqual(before);
    await world.act("s1", ["b"]);
    await world.advance(minute);
    expect(world.lines("c2")).toEqual(["b"]);
  });
});

describe("two workers on one group", () => {
  /** The same messages twice at the same time: a worker that hung until its messages were delivered again. */
  const both = (world: World, envelopes: readonly Parameters<World["toDelivery"]>[0][]) => {
    const deliveries = envelopes.map(world.toDelivery);
    return Promise.all([
      processDeliveries(world.ports, deliveries, () => 30_000),
      processDeliveries(world.ports, deliveries, () => 30_000),
    ]);
  };

  it("given the same batches, then each stands in the log once", async () => {
    const world = createWorld();
    const batches = [await world.act("s1", ["a"]), await world.act("s1", ["b"])];
    world.mailbox.drain();
    expect(await both(world, batches)).toEqual([[], []]);
    const rows = await collect(world.store.activity(s1, { after: 0, through: 9, newestFirst: false }));
    expect(rows.map(({ n, id }) => [n, id])).toEqual([
      [1, "b-1"],
      [2, "b-2"],
    ]);
    expect((await stateOf(world)).appended).toBe(2);
  });

  it("given that a note is due, then one of them posts it", async () => {
    const world = createWorld();
    await world.act("s1", ["a"]);
    await world.work();
    await world.write("c1");
    const [webhook] = world.mailbox.drain();
    if (!webhook) throw new Error("a message was queued");
    await processDeliveries(world.ports, [world.toDelivery(webhook)], () => 30_000);
    const links = world.mailbox.drain();
    await both(world, links);
    await world.advance(minute);
    expect(world.lines("c1")).toEqual(["a"]);
    expect(world.chat.notes).toHaveLength(1);
  });

  it("given a note in doubt, then both look, and neither posts it again", async () => {
    const world = createWorld();
    await world.act("s1", ["a"]);
    world.chat.failNext(["answer-lost"], "postNote");
    await world.write("c1");
    await world.work();
    world.clock.advance(6_000);
    await world.wake("s1");
    await both(world, world.mailbox.drain());
    await world.advance(minute);
    expect(world.chat.notes).toHaveLength(1);
    expect((await stateOf(world)).postedThrough).toBe(1);
  });

  it("given one that hung for longer than its lease before the call, then it does not make it", async () => {
    const world = createWorld();
    await world.act("s1", ["a"]);
    await world.work();
    const { commit } = world.ports.store;
    let slow = true;
    Object.assign(world.ports.store, {
      commit: async (...args: Parameters<typeof commit>) => {
        const result = await commit(...args);
        const { note } = args[1].state as SessionState;
        if (slow && note?.step === "posting") world.clock.advance(5_001);
        return result;
      },
    });
    await world.write("c1");
    await world.work();
    expect(world.chat.calls).toEqual([]);
    slow = false;
    await world.advance(minute);
    expect(world.lines("c1")).toEqual(["a"]);
  });
});

describe("a session that was forgotten", () => {
  it("given that its item has expired but still lies in the table, then it begins anew on the item's version", async () => {
    const world = createWorld();
    await world.act("s1", ["of yesterday"]);
    await world.advance(0);
    world.clock.advance(25 * hour);
    await world.act("s1", ["of today"]);
    await world.write("c1");
    await world.advance(minute);
    expect(world.lines("c1")).toEqual(["of today"]);
    expect(await stateOf(world)).toMatchObject({ appended: 1, postedThrough: 1 });
    expect(world.deadLetters.letters()).toEqual([]);
  });

  it("given notes of its first life, then a note of the second is told from its own equals all the same", async () => {
    const world = createWorld();
    await world.write("c1");
    for (let n = 0; n < 5; n += 1) {
      await world.act("s1", [`first life ${n}`]);
      await world.advance(1_000);
    }
    await world.advance(0);
    world.clock.advance(25 * hour);
    await world.write("c2");
    const startS = world.clock.now() / 1_000;
    await world.act("s1", ["begin"]);
    await world.advance(1_000);
    await world.act("s1", ["same"], { startS });
    await world.advance(10_000);
    world.chat.failNext(["request-lost"], "postNote");
    await world.act("s1", ["same"], { startS });
    await world.advance(minute);
    expect(world.lines("c2")).toEqual(["begin", "same", "same"]);
    expect(await notesOf(world)).toHaveLength(5);
  });
});

describe("trouble with the store", () => {
  it("given an outage, then messages come back with growing delays, in order, and none is put aside", async () => {
    const world = createWorld();
    const { load } = world.ports.store;
    const loads: number[] = [];
    let down = true;
    Object.assign(world.ports.store, {
      load: async (...args: Parameters<typeof load>) => {
        if (!down) return load(...args);
        loads.push(world.clock.now());
        throw new Error("the store is down");
      },
    });
    await world.act("s1", ["a"]);
    await world.act("s1", ["b"]);
    await world.advance(hour);
    const delays = loads.slice(1).map((at, index) => at - (loads[index] ?? 0));
    expect(delays.slice(0, 4)).toEqual([2_000, 4_000, 7_000, 14_000]);
    expect(Math.max(...delays)).toBe(263_000);
    down = false;
    await world.write("c1");
    await world.advance(10 * minute);
    expect(world.lines("c1")).toEqual(["a", "b"]);
    expect(world.deadLetters.letters()).toEqual([]);
  });
});

describe("messages that cannot be understood", () => {
  it("given one among others, then it alone is put aside and its group goes on", async () => {
    const world = createWorld();
    const deliveries = [await world.act("s1", ["a"]), await world.act("s1", ["b"])].map(world.toDelivery);
    world.mailbox.drain();
    const [first, last] = deliveries;
    if (!first || !last) throw new Error("there are two");
    const broken = ["no json", "{}", '{"actor":{"kind":"session"}}'].map((body, index) => ({
      ...first,
      messageId: `broken-${index}`,
      body,
    }));
    expect(await processDeliveries(world.ports, [first, ...broken, last], () => 30_000)).toEqual([]);
    expect(world.deadLetters.letters().map(({ id, reason }) => [id, reason])).toEqual(
      broken.map(({ messageId }) => [messageId, "the message is not an envelope"]),
    );
    expect((await stateOf(world)).appended).toBe(2);
  });

  it("given a product that nobody configured, then its messages are put aside", async () => {
    const world = createWorld();
    await world.act("s1", ["a"], { productId: "unheard-of" });
    await world.act("s1", ["b"]);
    await world.advance(5 * minute);
    expect(world.deadLetters.letters()).toMatchObject([{ reason: "the product is not configured" }]);
    expect((await stateOf(world)).appended).toBe(1);
  });

  it("given a product that the receiver has noticed and the worker not yet, then its messages wait", async () => {
    const world = createWorld();
    await world.act("s1", ["a"], { productId: "newcomer" });
    await world.advance(30_000);
    world.products.put({ ...productWith(), productId: "newcomer" });
    await world.advance(5 * minute);
    expect(world.deadLetters.letters()).toEqual([]);
    const stored = await world.store.load(
      { kind: "session", productId: "newcomer", sessionId: "s1" },
      world.clock.now(),
    );
    expect(stored.state).toMatchObject({ appended: 1 });
  });

  it("given that the dead-letter queue is out of reach, then they come again", async () => {
    const world = createWorld();
    const delivery = { ...world.toDelivery(await world.act("s1", ["a"])), body: "no json" };
    Object.assign(world.ports.deadLetters, {
      quarantine: async () => {
        throw new Error("the queue is down");
      },
    });
    expect(await processDeliveries(world.ports, [delivery], () => 30_000)).toEqual([delivery.messageId]);
  });
});
