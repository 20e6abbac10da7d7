import { describe, expect, it } from "vitest";
import { verifyBearer } from "../../lambdas/adapters/operator/bearer.ts";
import { openProductStream, type ProductStreamRequest } from "../../lambdas/app/open-product-stream.ts";
import { RetryableError } from "../../lambdas/app/ports.ts";
import type { StreamEntry } from "../../lambdas/app/stream-ports.ts";
import type { PushedPayload } from "../../lambdas/domain/activity/push.ts";
import { pushOf } from "../contract/suites/push-queue.ts";
import { productWith } from "../support/product.ts";
import { createWorld, type World } from "../support/world.ts";

const operatorKey = "operator-key-of-acme";
const second = 1_000;

function productWorld(): World {
  const world = createWorld();
  world.products.put(productWith({}, { "intercom/access-token": ["t"], "operator/key": [operatorKey] }));
  return world;
}

type Happening = readonly [atS: number, happens: () => unknown];

/** Listens for a minute, or as long as is given, and meanwhile things happen. */
async function heardWhile(
  world: World,
  happenings: readonly Happening[],
  given: Partial<ProductStreamRequest> & {
    readonly forS?: number;
    readonly feed?: World["feed"];
    /** How long the listener takes for an event. */
    readonly readsForS?: number;
  } = {},
): Promise<readonly StreamEntry<PushedPayload>[]> {
  const { forS = 60, feed = world.feed, readsForS = 0, ...request } = given;
  const cameAt = world.clock.now();
  const pending = [...happenings];
  const answer = await openProductStream(
    {
      products: world.products,
      telemetry: world.telemetry,
      clock: world.clock,
      feed,
      verifyBearer,
      wait: async (ms) => {
        const end = world.clock.now() + ms;
        for (let next = pending[0]; next && cameAt + next[0] * second <= end; next = pending[0]) {
          pending.shift();
          await world.advance(Math.max(0, cameAt + next[0] * second - world.clock.now()));
          await next[1]();
          await world.work();
        }
        await world.advance(Math.max(0, end - world.clock.now()));
      },
    },
    {
      productId: "acme",
      authorization: `Bearer ${operatorKey}`,
      listener: "",
      lastEventId: undefined,
      endsAt: cameAt + forS * second,
      gone: new AbortController().signal,
      ...request,
    },
  );
  if (answer.kind !== "open") throw new Error(`The stream is ${answer.kind}`);
  const entries: StreamEntry<PushedPayload>[] = [];
  for await (const entry of answer.entries) {
    entries.push(entry);
    if (entry.kind === "event") await world.advance(readsForS * second);
  }
  return entries;
}

const idsOf = (entries: readonly StreamEntry<PushedPayload>[]) =>
  entries.flatMap((entry) => (entry.kind === "event" ? [entry.id] : []));
const wordsOf = (entries: readonly StreamEntry<PushedPayload>[]) =>
  entries.flatMap((entry) => {
    if (entry.kind !== "event") return [];
    return entry.event.type === "summary" ? [entry.event.summary] : entry.event.actions.map(({ title }) => title);
  });
const summary = (id: string) => pushOf("s1", id, id);

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

describe("a listener that comes back", () => {
  it("ten minutes after its stream has ended finds what happened in between", async () => {
    const world = productWorld();
    await heardWhile(world, [[1, () => world.feed.tell("acme", [summary("one")])]]);
    await world.advance(595 * second);
    await world.feed.tell("acme", [summary("two")]);
    await world.advance(4 * second);
    expect(wordsOf(await heardWhile(world, [], { lastEventId: "1" }))).toEqual(["two"]);
  });

  it("goes on after the event that it names, with what happened in between", async () => {
    const world = productWorld();
    const first = await heardWhile(world, [[1, () => world.feed.tell("acme", [summary("one"), summary("two")])]]);
    await world.feed.tell("acme", [summary("three")]);
    await world.advance(300 * second);
    const again = await heardWhile(world, [], { lastEventId: "1" });
    expect([wordsOf(first), wordsOf(again)]).toEqual([
      ["one", "two"],
      ["two", "three"],
    ]);
  });

  it("and names none, as the reference's clients do, goes on where its stream ended; another one begins now", async () => {
    const world = productWorld();
    await heardWhile(world, [[1, () => world.feed.tell("acme", [summary("one")])]], { listener: "crm" });
    await world.feed.tell("acme", [summary("two")]);
    await world.advance(second);
    expect(wordsOf(await heardWhile(world, [], { listener: "another", forS: 1 }))).toEqual([]);
    expect(wordsOf(await heardWhile(world, [], { listener: "crm" }))).toEqual(["two"]);
  });

  it("and names none, after a stream that broke, hears nothing again that a stream before it had told", async () => {
    const world = productWorld();
    await heardWhile(world, []);
    const gone = new AbortController();
    const broken = await heardWhile(
      world,
      [
        [1, () => world.feed.tell("acme", [summary("one")])],
        [5, () => gone.abort()],
      ],
      { gone: gone.signal },
    );
    expect([wordsOf(broken), wordsOf(await heardWhile(world, []))]).toEqual([["one"], []]);
  });

  it("and reads slowly is told no more when the function's time is over, and goes on after that", async () => {
    const world = productWorld();
    const names = Array.from({ length: 9 }, (_, index) => `summary ${index + 1}`);
    const tellAll = [1, () => world.feed.tell("acme", names.map(summary))] as const;
    const first = await heardWhile(world, [tellAll], { forS: 10, readsForS: 2 });
    const rest = await heardWhile(world, []);
    expect(wordsOf(first).length).toBeLessThanOrEqual(5);
    expect([...wordsOf(first), ...wordsOf(rest)]).toEqual(names);
  });

  it("so late that it may be another one begins now", async () => {
    const world = productWorld();
    await heardWhile(world, []);
    await world.feed.tell("acme", [summary("one")]);
    await world.advance(16 * second);
    expect(wordsOf(await heardWhile(world, []))).toEqual([]);
  });

  it.each([["99"], ["-1"], ["1767225600000-4"], ["x"]])(
    "with the id %j of no event begins now",
    async (lastEventId) => {
      const world = productWorld();
      await heardWhile(world, [[1, () => world.feed.tell("acme", [summary("one")])]], { listener: "other" });
      const heard = await heardWhile(world, [[1, () => world.feed.tell("acme", [summary("two")])]], { lastEventId });
      expect(wordsOf(heard)).toEqual(["two"]);
    },
  );

  it("finds more than fits at a time, all of it and in order", async () => {
    const world = productWorld();
    const names = Array.from({ length: 450 }, (_, index) => `summary ${index + 1}`);
    await heardWhile(world, [], { listener: "crm", forS: 1 });
    await world.feed.tell("acme", names.map(summary));
    expect(wordsOf(await heardWhile(world, [], { lastEventId: "0", forS: 1 }))).toEqual(names);
  });

  it("finds all of it behind a number that is missing", async () => {
    const world = productWorld();
    const names = Array.from({ length: 450 }, (_, index) => `summary ${index + 1}`);
    await heardWhile(world, [], { listener: "crm", forS: 1 });
    await world.feed.tell("acme", names.map(summary));
    const feed: World["feed"] = {
      ...world.feed,
      rows: (productId, range) => world.feed.rows(productId, { ...range, after: Math.max(range.after, 1) }),
    };
    expect(wordsOf(await heardWhile(world, [], { feed, lastEventId: "0" }))).toEqual(names.slice(1));
  });

  it("is told where it begins before it hears anything: cut off there, it misses nothing", async () => {
    const world = productWorld();
    await heardWhile(world, [[1, () => world.feed.tell("acme", ["one", "two", "three"].map(summary))]]);
    expect((await heardWhile(world, [], { lastEventId: "1" }))[0]).toEqual({ kind: "place", id: "1" });
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
