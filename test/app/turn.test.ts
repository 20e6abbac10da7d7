import { describe, expect, it } from "vitest";
import { productWith } from "../support/product.ts";
import { createWorld, type World } from "../support/world.ts";

/** One array of lines for each note of a conversation. */
const notesIn = (world: World, conversationId: string): readonly (readonly string[])[] =>
  world.chat.notes
    .filter((note) => note.conversationId === conversationId)
    .map(({ text }) => text.split("\n").flatMap((line) => line.match(/^\[\d+\] (.*)$/)?.[1] ?? []));

const eventsOf = (world: World, type: string) => world.events.published().filter((event) => event.type === type);

describe("the note at the link", () => {
  it("given activity before the conversation, when the user writes, then one note carries it", async () => {
    const world = createWorld();
    await world.act("s1", ["a", "b"]);
    await world.advance(1_000);
    await world.act("s1", ["c"]);
    await world.advance(1_000);
    await world.write("c1");
    await world.advance(1_000);
    expect(notesIn(world, "c1")).toEqual([["a", "b", "c"]]);
  });

  it("shows actions of different three-second bins apart, which later notes do not", async () => {
    const world = createWorld();
    await world.act("s1", ["a"]);
    await world.advance(4_000);
    await world.act("s1", ["b"]);
    await world.write("c1");
    await world.advance(1_000);
    await world.act("s1", ["c"]);
    await world.act("s1", ["d"], { startS: world.clock.now() / 1_000 + 4 });
    await world.advance(1_000);
    const [atLink, later] = world.chat.notes.map(({ text }) => text.split("\n\n").slice(1));
    expect(atLink).toEqual(["[1] a", "[2] b"]);
    expect(later).toEqual(["[1] c\n[2] d"]);
  });

  it("leaves out what was more than 120 s old when the last batch came, however late the user writes", async () => {
    const world = createWorld();
    await world.act("s1", ["too old"]);
    await world.advance(1_000);
    await world.act("s1", ["just in time"]);
    await world.advance(120_000);
    await world.act("s1", ["last"]);
    await world.advance(3_600_000);
    await world.write("c1");
    await world.advance(1_000);
    expect(notesIn(world, "c1")).toEqual([["just in time", "last"]]);
  });

  it("given nothing in the window, then later activity is noted by itself", async () => {
    const world = createWorld();
    await world.act("s1", ["of last week"], { startS: world.clock.now() / 1_000 - 600_000 });
    await world.write("c1");
    await world.advance(1_000);
    expect(world.chat.calls).toEqual([]);
    await world.act("s1", ["now"]);
    await world.advance(1_000);
    expect(notesIn(world, "c1")).toEqual([["now"]]);
  });
});

describe("notes after the link", () => {
  it("given the conversation first, when activity comes, then it is debounced into one note", async () => {
    const world = createWorld();
    await world.write("c1");
    await world.act("s1", ["a"]);
    await world.advance(100);
    await world.act("s1", ["b"]);
    await world.advance(149);
    expect(notesIn(world, "c1")).toEqual([["a"]]);
    await world.advance(1);
    expect(notesIn(world, "c1")).toEqual([["a"], ["b"]]);
  });

  it("given a user who acts every 100 ms for 20 s, then no action waits more than five seconds", async () => {
    const world = createWorld();
    await world.act("s1", ["first"]);
    await world.write("c1");
    await world.advance(1_000);
    const start = world.clock.now();
    for (let n = 0; n < 200; n += 1) {
      await world.act("s1", [`action ${n}`]);
      await world.advance(100);
    }
    await world.advance(1_000);
    expect(world.lines("c1")).toEqual(["first", ...Array.from({ length: 200 }, (_, n) => `action ${n}`)]);
    const times = world.chat.notes.slice(1).map(({ createdAt }) => createdAt - start);
    expect(times).toEqual([5_000, 10_000, 15_000, 20_000]);
  });

  it("given several batches in one delivery, then they are one commit and one note", async () => {
    const world = createWorld();
    await world.act("s1", ["first"]);
    await world.write("c1");
    await world.advance(1_000);
    const session = { kind: "session", productId: "acme", sessionId: "s1" } as const;
    const { version } = await world.store.load(session, world.clock.now());
    for (let n = 0; n < 10; n += 1) await world.act("s1", [`${n}`]);
    await world.work();
    expect((await world.store.load(session, world.clock.now())).version).toBe(version + 1);
    await world.advance(1_000);
    expect(notesIn(world, "c1").at(-1)).toEqual(["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"]);
  });

  it("given ten thousand waiting actions, then a catch-up of ordered notes with 300 at most", async () => {
    const world = createWorld({ delivery: { retry_max_s: 1 } });
    await world.act("s1", ["first"]);
    await world.write("c1");
    await world.advance(1_000);
    world.chat.failAll("outage");
    const lines = Array.from({ length: 10_000 }, (_, n) => `action ${n}`);
    const startS = world.clock.now() / 1_000;
    for (let n = 0; n < lines.length; n += 100) {
      await world.act("s1", lines.slice(n, n + 100), { startS: startS + n / 1_000 });
    }
    await world.advance(60_000);
    world.chat.failAll(undefined);
    await world.advance(2_000);
    const [, ...catchUp] = notesIn(world, "c1");
    expect(catchUp.flat()).toEqual(lines);
    expect(catchUp).toHaveLength(34);
    expect(world.alarms.pending().filter(({ lane }) => lane === "precise")).toEqual([]);
  });
});

describe("a worker that is short of time", () => {
  it("makes no call, and has the session woken at once", async () => {
    const world = createWorld();
    await world.act("s1", ["a"]);
    await world.work();
    world.limitWorkers(14_000);
    await world.write("c1");
    await world.work();
    await world.work();
    expect(world.chat.calls).toEqual([]);
    expect(world.alarms.pending()[0]).toMatchObject({ lane: "precise", firesAt: world.clock.now() });
    world.limitWorkers(14_001);
    await world.advance(0);
    expect(notesIn(world, "c1")).toEqual([["a"]]);
  });
});

describe("which conversation", () => {
  it("given that the user writes in another, then the first is kept, and the refusal is published", async () => {
    const world = createWorld();
    await world.act("s1", ["a"]);
    await world.write("c1");
    await world.advance(1_000);
    await world.write("c2");
    await world.act("s1", ["b"]);
    await world.advance(1_000);
    expect(notesIn(world, "c1")).toEqual([["a"], ["b"]]);
    expect(notesIn(world, "c2")).toEqual([]);
    expect(eventsOf(world, "link.refused")).toMatchObject([{ conversationId: "c2", sessionId: "s1" }]);
  });

  it("given `latest`, then the one that the user last wrote in is followed", async () => {
    const world = createWorld({ link: { policy: "latest" } });
    await world.act("s1", ["a"]);
    await world.write("c1");
    await world.advance(1_000);
    await world.write("c2");
    await world.act("s1", ["b"]);
    await world.advance(1_000);
    expect(notesIn(world, "c1")).toEqual([["a"]]);
    expect(notesIn(world, "c2")).toEqual([["b"]]);
  });

  it("given an anonymous batch that names one, then it is unverified, and gives way to the user's own", async () => {
    const world = createWorld();
    world.chat.openConversation("c9", []);
    await world.act("s1", ["a"], { userId: "", conversationId: "c9" });
    await world.advance(1_000);
    await world.act("s1", ["b"]);
    await world.advance(1_000);
    await world.write("c1");
    await world.act("s1", ["c"]);
    await world.advance(1_000);
    expect(notesIn(world, "c9")).toEqual([["a"], ["b"]]);
    expect(notesIn(world, "c1")).toEqual([["c"]]);
    expect(eventsOf(world, "session.linked").map(({ detail }) => detail.verified)).toEqual(["false", "true"]);
  });

  it("given a batch of a known user that names one, then it is believed when the platform says it is theirs", async () => {
    const world = createWorld();
    world.chat.openConversation("c1", [{ externalId: "user-1" }]);
    await world.act("s1", ["a"], { conversationId: "c1" });
    await world.advance(1_000);
    expect(notesIn(world, "c1")).toEqual([["a"]]);
    expect(eventsOf(world, "session.linked").map(({ detail }) => detail.verified)).toEqual(["true"]);
  });

  it("given one that is somebody else's, then nothing is written there", async () => {
    const world = createWorld();
    world.chat.openConversation("c1", [{ externalId: "user-2" }]);
    await world.act("s1", ["a"], { conversationId: "c1" });
    await world.advance(600_000);
    expect(world.chat.notes).toEqual([]);
    expect(eventsOf(world, "link.refused")).toMatchObject([{ conversationId: "c1" }]);
  });

  it("given messages of the person in any order, then the session ends where the user wrote first", async () => {
    const world = createWorld();
    const start = world.clock.now();
    await world.write("c2", { wroteAt: start + 500 });
    await world.write("c1", { wroteAt: start });
    await world.act("s1", ["a"]);
    await world.advance(1_000);
    expect(notesIn(world, "c2")).toEqual([["a"]]);
  });
});

describe("products", () => {
  it("given two with the same session and user, then neither hears of the other", async () => {
    const world = createWorld();
    world.products.put({ ...productWith(), productId: "other" });
    await world.act("s1", ["a"]);
    await world.act("s1", ["of the other product"], { productId: "other" });
    await world.write("c1");
    await world.advance(1_000);
    expect(notesIn(world, "c1")).toEqual([["a"]]);
  });
});
