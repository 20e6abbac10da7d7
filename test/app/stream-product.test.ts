import { describe, expect, it } from "vitest";
import { RetryableError } from "../../lambdas/app/ports.ts";
import { heardWhile, idsOf, productWorld, second, summary, wordsOf } from "../support/product-listener.ts";
import type { World } from "../support/world.ts";

describe("the stream of a product", () => {
  it("tells the batches of all its sessions, each once and in order", async () => {
    const world = productWorld();
    const heard = await heardWhile(world, [
      [2, () => world.act("s1", ["Opened Reports"])],
      [3, () => world.act("s2", ["Opened Billing", "Opened Plans"])],
      [9, () => world.act("s1", ["Clicked Export"])],
    ]);
    expect(wordsOf(heard)).toEqual(["Opened Reports", "Opened Billing", "Opened Plans", "Clicked Export"]);
    expect(idsOf(heard)).toEqual(["1", "2", "3"]);
  });

  it("tells nothing of before, and nothing is kept while nobody listens", async () => {
    const world = productWorld();
    await world.act("s1", ["Before"]);
    await world.work();
    await world.advance(10 * second);
    const heard = await heardWhile(world, [[1, () => world.act("s1", ["Now"])]]);
    expect(wordsOf(heard)).toEqual(["Now"]);
  });

  it("given a turn that dies or fails at any of its calls, then what it told is told once", async () => {
    const quiet = productWorld();
    const calls: string[] = [];
    quiet.crasher.killBy((name) => calls.push(name) === 0);
    await quiet.act("s1", ["Opened Reports"]);
    await quiet.work();
    expect(calls).toContain("feed.tell");
    const crashes = calls.flatMap((name, index) =>
      (["before", "within", "after", "fails", "lost"] as const).map((side) => ({ name, call: index + 1, side })),
    );

    for (const { name, ...crash } of crashes) {
      const world = productWorld();
      const act = async () => {
        world.crasher.arm(crash);
        await world.act("s1", ["Opened Reports"]);
      };
      const heard = await heardWhile(world, [[1, act]], { forS: 90 });
      expect({ name, ...crash, heard: wordsOf(heard) }).toEqual({ name, ...crash, heard: ["Opened Reports"] });
    }
  });

  it("beats while nothing happens", async () => {
    const heard = await heardWhile(productWorld(), []);
    expect(heard.map(({ kind }) => kind)).toEqual(["place", "heartbeat", "heartbeat"]);
  });

  it("waits out trouble with the table", async () => {
    const world = productWorld();
    let failures = 3;
    const feed: World["feed"] = {
      ...world.feed,
      last: async (productId) => {
        failures -= 1;
        if (failures >= 0) throw new RetryableError("failed", "GetItem: ThrottlingException");
        return world.feed.last(productId);
      },
    };
    const heard = await heardWhile(world, [[1, () => world.act("s1", ["Opened Reports"])]], { feed });
    expect(wordsOf(heard)).toEqual(["Opened Reports"]);
  });
});

describe("a number that is missing", () => {
  it("is waited for, so that the order holds, and for ten seconds at most", async () => {
    const world = productWorld();
    const hidden = new Set([2]);
    let shownAtS: number | undefined;
    const feed: World["feed"] = {
      ...world.feed,
      rows: async (...range) => (await world.feed.rows(...range)).filter(({ n }) => !hidden.has(n)),
    };
    const startedAt = world.clock.now();
    const entries: string[] = [];
    const heard = await heardWhile(
      world,
      [
        [1, () => world.feed.tell("acme", [summary("one"), summary("two"), summary("three")])],
        [5, () => hidden.delete(2)],
        [6, () => (shownAtS = (world.clock.now() - startedAt) / second)],
        [20, () => hidden.add(4).add(5)],
        [20, () => world.feed.tell("acme", [summary("four"), summary("five"), summary("six")])],
      ],
      { feed },
    );
    entries.push(...wordsOf(heard));
    expect(shownAtS).toBe(6);
    expect(entries).toEqual(["one", "two", "three", "six"]);
  });
});

describe("a table that answers nobody", () => {
  it("is asked again every five seconds, and not at once", async () => {
    const world = productWorld();
    let asked = 0;
    const feed: World["feed"] = {
      ...world.feed,
      listen: async () => {
        asked += 1;
        throw new RetryableError("failed", "UpdateItem: ThrottlingException");
      },
    };
    expect((await heardWhile(world, [], { feed, forS: 30 })).map(({ kind }) => kind)).toEqual(["heartbeat"]);
    expect(asked).toBe(6);
  });
});

describe("numbers that are missing", () => {
  it("among others are waited for at the same time, so that a listener does not fall behind", async () => {
    const world = productWorld();
    const names = Array.from({ length: 12 }, (_, index) => `summary ${index + 1}`);
    const feed: World["feed"] = {
      ...world.feed,
      rows: async (...range) => (await world.feed.rows(...range)).filter(({ n }) => n % 2 === 0),
    };
    const heard = await heardWhile(world, [[1, () => world.feed.tell("acme", names.map(summary))]], { feed, forS: 15 });
    expect(idsOf(heard)).toEqual(["2", "4", "6", "8", "10", "12"]);
  });

  it("by thousands, since their rows have expired, keep nobody from what is left", async () => {
    const world = productWorld();
    const names = Array.from({ length: 5_000 }, (_, index) => `summary ${index + 1}`);
    await heardWhile(world, [], { listener: "crm", forS: 1 });
    await world.feed.tell("acme", names.map(summary));
    const feed: World["feed"] = {
      ...world.feed,
      rows: (productId, range) => world.feed.rows(productId, { ...range, after: Math.max(range.after, 4_990) }),
    };
    expect(idsOf(await heardWhile(world, [], { feed, lastEventId: "0" }))).toEqual(
      Array.from({ length: 10 }, (_, index) => String(4_991 + index)),
    );
  });

  it("given a look that finds less than the one before, then nothing is told again", async () => {
    const world = productWorld();
    let isLate = false;
    const feed: World["feed"] = {
      ...world.feed,
      last: async (productId) => (isLate ? 1 : await world.feed.last(productId)),
      rows: async (...range) => (await world.feed.rows(...range)).filter(({ n }) => n < 3),
    };
    const heard = await heardWhile(
      world,
      [
        [1, () => world.feed.tell("acme", ["one", "two", "three"].map(summary))],
        [10.5, () => (isLate = true)],
        [14.5, () => (isLate = false)],
      ],
      { feed },
    );
    expect(wordsOf(heard)).toEqual(["one", "two"]);
  });
});

describe("a stream of a product is refused", () => {
  it.each([["Bearer wrong"], ["Bearer "], ["operator-key-of-acme"], [""]])("to %j", async (authorization) => {
    await expect(heardWhile(productWorld(), [], { authorization })).rejects.toThrow("unauthorized");
  });

  it("for a product that is unknown", async () => {
    await expect(heardWhile(productWorld(), [], { productId: "globex" })).rejects.toThrow("unauthorized");
  });
});
