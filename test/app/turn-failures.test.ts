import { describe, expect, it } from "vitest";
import { createWorld, type World } from "../support/world.ts";

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** A session in c1 with the one note `first`. */
async function createLinkedWorld(...options: Parameters<typeof createWorld>): Promise<World> {
  const world = createWorld(...options);
  await world.act("s1", ["first"]);
  await world.write("c1");
  await world.advance(10 * minute);
  return world;
}

const eventsOf = (world: World, type: string) => world.events.published().filter((event) => event.type === type);
const posts = (world: World) => world.chat.calls.filter(({ operation }) => operation === "postNote").length;

describe("an outage of the platform", () => {
  it("given some hours, then what piled up comes in order and in one note, and nothing is lost", async () => {
    const world = await createLinkedWorld();
    world.chat.failAll("outage");
    for (let n = 0; n < 20; n += 1) {
      await world.act("s1", [`${n}`]);
      await world.advance(10 * minute);
    }
    expect(posts(world)).toBeLessThan(60);
    world.chat.failAll(undefined);
    await world.advance(5 * minute);
    expect(world.lines("c1")).toEqual(["first", ...Array.from({ length: 20 }, (_, n) => `${n}`)]);
    expect(world.chat.notes).toHaveLength(2);
  });

  it("given more than a day, then what waited longer is dropped, counted and published, and the rest is posted", async () => {
    const world = await createLinkedWorld();
    world.chat.failAll("outage");
    await world.act("s1", ["old"]);
    await world.advance(day - hour);
    await world.act(
      "s1",
      Array.from({ length: 300 }, (_, n) => `young ${n}`),
    );
    await world.advance(hour + 6 * minute);
    expect(eventsOf(world, "note.rejected")).toMatchObject([{ detail: { reason: "given up", actions: 1 } }]);
    expect(world.telemetry.counted("note.rejected", "acme")).toBe(1);
    world.chat.failAll(undefined);
    await world.advance(5 * minute);
    expect(world.lines("c1").slice(0, 3)).toEqual(["first", "young 0", "young 1"]);
    expect(world.lines("c1")).toHaveLength(301);
  });

  it("given that it never ends, then the session comes to rest: no alarm is left, however much had piled up", async () => {
    const world = await createLinkedWorld();
    world.chat.failAll("outage");
    for (let n = 0; n < 20; n += 1)
      await world.act(
        "s1",
        Array.from({ length: 100 }, (_, line) => `${n}.${line}`),
      );
    await world.advance(day + hour);
    expect(world.alarms.pending()).toEqual([]);
    expect(eventsOf(world, "note.rejected").map(({ detail }) => detail.actions)).toEqual([
      300, 300, 300, 300, 300, 300, 200,
    ]);
  });
});

describe("a limit", () => {
  it("given one session that meets it, then those of the whole product wait, and all come through", async () => {
    const world = createWorld();
    for (const n of [1, 2, 3]) {
      await world.act(`s${n}`, [`of ${n}`], { userId: `user-${n}` });
      await world.advance(0);
    }
    world.chat.failNext(["limited"]);
    for (const n of [1, 2, 3]) {
      await world.write(`c${n}`, { userId: `user-${n}` });
      await world.advance(0);
    }
    expect(posts(world)).toBe(1);
    await world.advance(2 * second - 1);
    expect(posts(world)).toBe(1);
    await world.advance(minute);
    for (const n of [1, 2, 3]) expect(world.lines(`c${n}`)).toEqual([`of ${n}`]);
    expect(posts(world)).toBe(4);
  });
});

describe("refused credentials", () => {
  it("given a token that is renewed, then nobody asks before it may have been, and nothing is lost", async () => {
    const world = await createLinkedWorld();
    world.chat.failAll("unauthorized");
    await world.act("s1", ["a"]);
    await world.advance(minute);
    await world.act("s1", ["b"]);
    await world.advance(second);
    expect(posts(world)).toBe(2);
    world.chat.failAll(undefined);
    await world.advance(2 * minute);
    expect(world.lines("c1")).toEqual(["first", "a", "b"]);
    expect(eventsOf(world, "note.rejected")).toEqual([]);
  });

  it("given a token that is never renewed, then every session comes to rest after a day", async () => {
    const world = createWorld();
    world.chat.failAll("unauthorized");
    for (const n of [1, 2, 3]) {
      await world.act(
        `s${n}`,
        Array.from({ length: 100 }, (_, line) => `${line}`),
        { userId: `user-${n}` },
      );
      await world.write(`c${n}`, { userId: `user-${n}` });
      world.chat.openConversation(`claimed-${n}`, []);
      await world.act(`t${n}`, ["a"], { userId: `other-${n}`, conversationId: `claimed-${n}` });
    }
    await world.advance(day + hour);
    expect(world.alarms.pending()).toEqual([]);
    expect(eventsOf(world, "note.rejected")).toHaveLength(3);
    expect(eventsOf(world, "link.refused")).toHaveLength(3);
  });
});

describe("a conversation that the platform does not know", () => {
  it("given right after the link, then it is tried again until the platform does", async () => {
    const world = createWorld();
    await world.act("s1", ["a"]);
    world.chat.failAll("gone");
    await world.write("c1");
    await world.advance(100 * second);
    world.chat.failAll(undefined);
    await world.advance(2 * minute);
    expect(world.lines("c1")).toEqual(["a"]);
    expect(eventsOf(world, "link.dropped")).toEqual([]);
  });

  it("given for longer, then the link is dropped, and the next conversation gets what waited", async () => {
    const world = createWorld({ pre_link_window_s: 3_600 });
    await world.act("s1", ["a"]);
    world.chat.failAll("gone");
    await world.write("c1");
    await world.advance(5 * minute);
    expect(eventsOf(world, "link.dropped")).toMatchObject([{ conversationId: "c1", detail: { waiting: 1 } }]);
    world.chat.failAll(undefined);
    await world.act("s1", ["b"]);
    await world.write("c1", { id: "once more" });
    await world.advance(minute);
    expect(world.chat.notes).toEqual([]);
    await world.write("c2");
    await world.advance(minute);
    expect(world.lines("c2")).toEqual(["a", "b"]);
  });

  it("given a note in doubt meanwhile, then it is looked for until the conversation shows, and not posted twice", async () => {
    const world = createWorld();
    await world.act("s1", ["a"]);
    world.chat.failNext(["answer-lost"], "postNote");
    world.chat.failNext(["gone", "gone"], "findNote");
    await world.write("c1");
    await world.advance(5 * minute);
    expect(world.lines("c1")).toEqual(["a"]);
  });
});

describe("an end that nobody knows", () => {
  it.each([
    ["the answer was lost", "answer-lost", 1],
    ["the request was lost", "request-lost", 2],
  ] as const)(
    "given that %s, then the platform is asked first, and the note stands there once",
    async (_, fault, count) => {
      const world = await createLinkedWorld();
      const before = posts(world);
      world.chat.failNext([fault], "postNote");
      await world.act("s1", ["a"]);
      await world.advance(5 * second);
      expect(posts(world)).toBe(before + 1);
      await world.advance(minute);
      expect(world.chat.calls.map(({ operation }) => operation).slice(before)).toEqual(
        ["postNote", "findNote", "postNote"].slice(0, count + 1),
      );
      expect(world.lines("c1")).toEqual(["first", "a"]);
    },
  );

  it("given equal batches a while apart, then two notes, also when the second's answer is lost", async () => {
    const world = await createLinkedWorld();
    const startS = world.clock.now() / 1_000;
    await world.act("s1", ["same"], { startS });
    await world.advance(10 * second);
    world.chat.failNext(["answer-lost"], "postNote");
    await world.act("s1", ["same"], { startS });
    await world.advance(minute);
    expect(world.lines("c1")).toEqual(["first", "same", "same"]);
    expect(eventsOf(world, "note.posted")).toHaveLength(3);
  });

  it("given equal batches a while apart, when the second's request is lost, then it is not mistaken for the first", async () => {
    const world = await createLinkedWorld();
    const startS = world.clock.now() / 1_000;
    await world.act("s1", ["same"], { startS });
    await world.advance(10 * second);
    world.chat.failNext(["request-lost"], "postNote");
    await world.act("s1", ["same"], { startS });
    await world.advance(minute);
    expect(world.lines("c1")).toEqual(["first", "same", "same"]);
  });

  it("given posts that always time out, then they are tried less and less often, and given up after a day", async () => {
    const world = await createLinkedWorld();
    const scripted = Array.from({ length: 2_000 }, () => "request-lost" as const);
    world.chat.failNext(scripted, "postNote");
    const before = posts(world);
    await world.act("s1", ["a"]);
    await world.advance(day + hour);
    expect(eventsOf(world, "note.rejected")).toMatchObject([{ detail: { reason: "given up" } }]);
    expect(posts(world) - before).toBeLessThan(400);
    expect(world.alarms.pending()).toEqual([]);
  });

  it("given that the platform shows notes late, when a worker dies in the call, then the note stands there once", async () => {
    const world = await createLinkedWorld({ delivery: { look_after_s: 5 } }, { lagMs: 5 * second });
    await world.act("s1", ["a"]);
    await world.advance(100);
    const deadly = ["platform.postNote"];
    world.crasher.killBy((name) => deadly.includes(name));
    await world.advance(second);
    deadly.pop();
    await world.advance(10 * minute);
    expect(world.lines("c1")).toEqual(["first", "a"]);
  });
});

describe("rows that outlived their retention", () => {
  it("given a note that is owed but cannot be made any more, then the session goes on with what comes next", async () => {
    const world = await createLinkedWorld();
    const { activity } = world.ports.store;
    let gone = true;
    Object.assign(world.ports.store, {
      activity: async function* (...args: Parameters<typeof activity>) {
        if (!gone) yield* activity(...args);
      },
    });
    await world.act("s1", ["lost"]);
    await world.advance(minute);
    expect(world.telemetry.entries()).toContainEqual(
      expect.objectContaining({ level: "error", event: "note.rows_missing" }),
    );
    gone = false;
    await world.act("s1", ["b"]);
    await world.advance(minute);
    expect(world.lines("c1")).toEqual(["first", "b"]);
  });
});
