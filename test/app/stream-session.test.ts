import { describe, expect, it } from "vitest";
import { type ActorStore, RetryableError } from "../../lambdas/app/ports.ts";
import type { StreamEntry } from "../../lambdas/app/stream-ports.ts";
import { freshSession } from "../../lambdas/domain/session/state.ts";
import { hesitate, productWithOffers, stateOf, tap, thinkingWorld } from "../support/offers.ts";
import { productWith } from "../support/product.ts";
import { type Listening, listenTo, streamSecret, tokenFor, toldTo } from "../support/stream.ts";
import { createWorld, type World } from "../support/world.ts";

const second = 1_000;

async function offeringWorld(): Promise<World> {
  const world = await thinkingWorld(productWithOffers());
  world.products.put(
    productWith(productWithOffers(), { "intercom/access-token": ["t"], "stream/secret": [streamSecret] }),
  );
  return world;
}

function quietWorld(): World {
  const world = createWorld();
  world.products.put(productWith({}, { "intercom/access-token": ["t"], "stream/secret": [streamSecret] }));
  return world;
}

/** Listens, and meanwhile things happen: each at its moment, ms after the page came. */
async function toldWhile(
  world: World,
  happenings: readonly (readonly [atMs: number, happens: () => Promise<unknown>])[],
  given: Listening = {},
): Promise<readonly StreamEntry[]> {
  const answer = await listenTo(world, given);
  if (answer.kind !== "open") throw new Error(`The stream is ${answer.kind}`);
  const cameAt = world.clock.now();
  const entries: StreamEntry[] = [];
  const pending = [...happenings];
  const advance = world.advance;
  // A stream waits in the world's time: what is due by then happens first.
  Object.assign(world, {
    advance: async (ms: number) => {
      const end = world.clock.now() + ms;
      for (let next = pending[0]; next && cameAt + next[0] <= end; next = pending[0]) {
        pending.shift();
        await advance(Math.max(0, cameAt + next[0] - world.clock.now()));
        await next[1]();
      }
      await advance(Math.max(0, end - world.clock.now()));
    },
  });
  for await (const entry of answer.entries) entries.push(entry);
  Object.assign(world, { advance });
  return entries;
}

const eventsOf = (entries: readonly StreamEntry[]) =>
  entries.flatMap((entry) => (entry.kind === "event" ? [entry.event.type] : []));
const idsOf = (entries: readonly StreamEntry[]) =>
  entries.flatMap((entry) => (entry.kind === "event" ? [entry.id] : []));

describe("a page's stream", () => {
  it("tells what its session does, each once and in order", async () => {
    const world = await offeringWorld();
    const given = { forMs: 15 * second };
    const entries = await toldWhile(
      world,
      [
        [3 * second, () => hesitate(world)],
        [6 * second, () => tap(world, "How do I export?")],
        [9 * second, () => tap(world, "Yes")],
      ],
      given,
    );
    expect(eventsOf(entries)).toEqual(["state", "offer", "offer", "usertour_trigger"]);
    expect(new Set(idsOf(entries)).size).toBe(4);
  });

  it("tells nothing of another session", async () => {
    const world = await offeringWorld();
    const entries = await toldWhile(world, [[3 * second, () => hesitate(world)]], { sessionId: "s2" });
    expect(eventsOf(entries)).toEqual([]);
  });

  it("hears of a session that does not exist yet from its beginning", async () => {
    const world = quietWorld();
    expect(eventsOf(await toldTo(world, { forMs: 5 * second }))).toEqual([]);
    expect((await stateOf(world))?.stream).toMatchObject({ last: 0 });
  });

  it("hears from its beginning what a session tells before it is looked at again", async () => {
    const world = await offeringWorld();
    const entries = await toldWhile(world, [[0.2 * second, () => hesitate(world)]], { forMs: 5 * second });
    expect(eventsOf(entries)).toEqual(["state", "offer"]);
  });

  it("that is cut off at once misses nothing, though its session has told nothing yet", async () => {
    const world = await offeringWorld();
    const [place] = await toldTo(world, { forMs: 0.5 * second });
    if (place?.kind !== "place") throw new Error("It was not told where it is");
    await world.advance(5 * second);
    await hesitate(world);
    expect(eventsOf(await toldTo(world, { forMs: 2 * second, lastEventId: place.id }))).toEqual(["state", "offer"]);
  });

  it("goes on with a session that begins a new life, from its beginning", async () => {
    const world = quietWorld();
    const cameAt = world.clock.now();
    const until = cameAt + 3_600 * second;
    const lives = [
      { since: 1_000, last: 3, until },
      { since: 2_000, last: 2, until },
    ];
    const event = { type: "state", product_id: "acme", session_id: "s1", state: "thinking" } as const;
    const store: ActorStore = {
      ...world.store,
      load: async <State>() => {
        const stream = lives[world.clock.now() < cameAt + 5 * second ? 0 : 1];
        return { state: { ...freshSession, stream } as State, version: 1 };
      },
      pageRows: async function* (_, { after, through }) {
        for (let n = after + 1; n <= through; n += 1) yield { n, at: cameAt, event };
      },
    };
    const entries = await toldTo(world, { store, forMs: 10 * second, lastEventId: "1000-2" });
    expect(idsOf(entries)).toEqual(["1000-3", "2000-1", "2000-2"]);
  });

  it.each([
    ["before its session tells anything", 0],
    ["while its session tells nothing", 5 * second],
  ])("says where a page is that came %s: cut off there, it misses nothing", async (_, earlierMs) => {
    const world = await offeringWorld();
    if (earlierMs > 0) await toldTo(world, { forMs: earlierMs });
    const place = (await toldTo(world, { forMs: 5 * second })).at(-1);
    await hesitate(world);

    const lastEventId = place?.kind === "place" ? place.id : "no place";
    expect(eventsOf(await toldTo(world, { forMs: 5 * second, lastEventId }))).toEqual(["state", "offer"]);
    expect(eventsOf(await toldTo(world, { forMs: 5 * second }))).toEqual([]);
  });

  it("is alive: it says so after every twenty seconds of silence", async () => {
    const world = quietWorld();
    const entries = await toldTo(world, { forMs: 65 * second });
    const heartbeats = entries.filter(({ kind }) => kind !== "place");
    expect(heartbeats).toEqual([{ kind: "heartbeat" }, { kind: "heartbeat" }, { kind: "heartbeat" }]);
  });

  it("ends when the function's time is over, and not later", async () => {
    const world = quietWorld();
    const cameAt = world.clock.now();
    await toldTo(world, { forMs: 57_500 });
    expect(world.clock.now() - cameAt).toBe(57_500);
  });

  it("ends when its token does", async () => {
    const world = quietWorld();
    const cameAt = world.clock.now();
    await toldTo(world, { token: tokenFor(world, { lastsMs: 10 * second }) });
    expect(world.clock.now() - cameAt).toBe(10 * second);
  });

  it("ends when the page has gone", async () => {
    const world = quietWorld();
    const page = new AbortController();
    const cameAt = world.clock.now();
    await toldWhile(world, [[4 * second, async () => page.abort()]], { gone: page.signal });
    expect(world.clock.now() - cameAt).toBeLessThanOrEqual(5 * second);
  });

  it("goes on with what a page has not seen, when it comes back with the id of the last event", async () => {
    const world = await offeringWorld();
    const first = await toldWhile(world, [[2 * second, () => hesitate(world)]], { forMs: 8 * second });
    const seen = idsOf(first).at(-1);
    await tap(world, "How do I export?");
    await world.advance(5 * second);
    await tap(world, "Yes");
    await world.advance(5 * second);
    const later = await toldTo(world, { forMs: 3 * second, ...(seen && { lastEventId: seen }) });
    expect(eventsOf(first)).toEqual(["state", "offer"]);
    expect(eventsOf(later)).toEqual(["offer", "usertour_trigger"]);
  });

  it("loses nothing and repeats nothing, wherever a page that comes back was cut off", async () => {
    const world = await offeringWorld();
    const all = await toldWhile(world, [
      [2 * second, () => hesitate(world)],
      [5 * second, () => tap(world, "How do I export?")],
      [8 * second, () => tap(world, "Yes")],
    ]);
    for (const [seen, id] of idsOf(all).entries()) {
      const rest = await toldTo(world, { forMs: 2 * second, lastEventId: id });
      expect(idsOf(rest)).toEqual(idsOf(all).slice(seen + 1));
    }
  });

  it("begins now for a page that has seen nothing: a tour of before does not start again", async () => {
    const world = await offeringWorld();
    await toldWhile(world, [[2 * second, () => hesitate(world)]], { forMs: 8 * second });
    expect(eventsOf(await toldTo(world, { forMs: 3 * second }))).toEqual([]);
  });

  it("keeps its session telling, for as long as it listens and for ten minutes", async () => {
    const world = quietWorld();
    const cameAt = world.clock.now();
    await toldTo(world, { token: tokenFor(world, { lastsMs: 3_600 * second }), forMs: 1_800 * second });
    const { until = 0 } = (await stateOf(world))?.stream ?? {};
    expect(until).toBeGreaterThan(cameAt + 2_395 * second);
  });

  it("asks its session to tell no more than once in some minutes", async () => {
    const world = quietWorld();
    const sent: string[] = [];
    const { send } = world.mailbox;
    Object.assign(world.mailbox, {
      send: async (envelopes: Parameters<typeof send>[0]) => {
        sent.push(...envelopes.map(({ message }) => message.type));
        return send(envelopes);
      },
    });
    await toldTo(world, { forMs: 600 * second });
    expect(sent.filter((type) => type === "listen").length).toBeLessThanOrEqual(3);
  });

  it("asks its session once a minute, when it is not heard", async () => {
    const world = quietWorld();
    let sent = 0;
    Object.assign(world.mailbox, {
      send: async () => {
        sent += 1;
        return new Set([0]);
      },
    });
    await toldTo(world, { forMs: 150 * second });
    expect(sent).toBe(3);
  });

  it("waits trouble with the store out", async () => {
    const world = await offeringWorld();
    let broken = 0;
    const brokenFrom = world.clock.now() + 4 * second;
    const store = {
      ...world.store,
      load: async (...asked: Parameters<typeof world.store.load>) => {
        const now = world.clock.now();
        if (now < brokenFrom || now > brokenFrom + 8 * second) return world.store.load(...asked);
        broken += 1;
        throw new RetryableError("failed", "throttled");
      },
    };
    const entries = await toldWhile(
      world,
      [
        [2 * second, () => hesitate(world)],
        [6 * second, () => tap(world, "How do I export?")],
      ],
      { store, forMs: 15 * second },
    );
    expect(broken).toBeGreaterThan(0);
    expect(eventsOf(entries)).toEqual(["state", "offer", "offer"]);
  });
});

describe("opening a stream", () => {
  it.each([
    ["the token of another session", (world: World) => tokenFor(world, { sessionId: "s2" })],
    ["a token that has expired", (world: World) => tokenFor(world, { lastsMs: 0 })],
    ["no token", () => ""],
    ["another user's token, where the session knows whose it is", (world: World) => tokenFor(world, { userId: "eve" })],
  ])("is refused to %s", async (_, tokenOf) => {
    const world = await offeringWorld();
    expect(await listenTo(world, { token: tokenOf(world) })).toEqual({ kind: "unauthorized" });
  });

  it("is refused for a product that is unknown, or has no secret", async () => {
    const world = createWorld();
    expect(await listenTo(world)).toEqual({ kind: "unauthorized" });
  });

  it("is granted to the session's own user, and ends when the session becomes another's", async () => {
    const world = await offeringWorld();
    const cameAt = world.clock.now();
    await toldWhile(world, [[5 * second, () => world.act("s1", ["signed in"], { userId: "user-2" })]], {
      token: tokenFor(world, { userId: "user-1" }),
    });
    expect(world.clock.now() - cameAt).toBeLessThan(10 * second);
  });
});
