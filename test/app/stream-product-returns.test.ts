import { describe, expect, it } from "vitest";
import { heardWhile, productWorld, second, summary, wordsOf } from "../support/product-listener.ts";
import type { World } from "../support/world.ts";

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
