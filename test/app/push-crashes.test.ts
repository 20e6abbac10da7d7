import { describe, expect, it } from "vitest";
import { collect } from "../support/collect.ts";
import type { Crash } from "../support/crash.ts";
import { createWorld, type World } from "../support/world.ts";

const second = 1_000;
const sides: readonly Crash["side"][] = ["before", "within", "after", "fails", "lost"];

/** More calls than such turns make: what lies beyond their end changes nothing. */
const CALLS = 24;

const points: readonly Crash[] = Array.from({ length: CALLS }, (_, index) =>
  sides.map((side) => ({ call: index + 1, side })),
).flat();

const push = { url: "https://hooks.example.com/in" };

/** The actions that were pushed, each where it came first: a repetition is recognised by its id. */
function firstPushed(world: World): readonly string[] {
  const first = new Map(world.pushes.queued().map((queued) => [queued.id, queued]));
  return [...first.values()].flatMap(({ payload }) =>
    payload.type === "actions" ? payload.actions.map(({ description }) => description) : [payload.summary],
  );
}

async function committed(world: World): Promise<readonly string[]> {
  const actor = { kind: "session", productId: "acme", sessionId: "s1" } as const;
  const rows = await collect(world.store.activity(actor, { after: 0, through: 1_000, newestFirst: false }));
  return rows.flatMap(({ actions }) => actions.map(({ description }) => description));
}

describe("a worker that dies at any call of the turn", () => {
  it("in which batches are accepted, then each row of the log is pushed, in its order", async () => {
    for (const crash of points) {
      const world = createWorld({ push });
      await world.write("c1");
      await world.act("s1", ["one"]);
      await world.advance(1 * second);
      world.crasher.arm(crash);
      await world.act("s1", ["two", "three"]);
      await world.act("s1", ["four"]);
      await world.advance(1 * second);
      world.crasher.arm(undefined);
      await world.act("s1", ["five"]);
      await world.advance(600 * second);

      const rows = await committed(world);
      expect(rows, JSON.stringify(crash)).toEqual(["one", "two", "three", "four", "five"]);
      expect(firstPushed(world), JSON.stringify(crash)).toEqual(rows);
    }
  }, 60_000);

  it("in which a summary is posted, then it is pushed, after the actions that it stands for", async () => {
    for (const crash of points) {
      const world = createWorld({ push, summary_threshold: 2 });
      await world.act("s1", ["one", "two"]);
      await world.write("c1");
      await world.advance(1 * second);
      world.crasher.arm(crash);
      await world.finishJob({ kind: "written", text: "Summary." });
      await world.advance(1);
      world.crasher.arm(undefined);
      await world.advance(600 * second);

      expect(firstPushed(world), JSON.stringify(crash)).toEqual(["one", "two", "Summary."]);
    }
  }, 60_000);
});

describe("a product that names no endpoint", () => {
  it("has no push, and its turns make no call more", async () => {
    const callsWith = async (document: Record<string, unknown>) => {
      const world = createWorld(document);
      const calls: string[] = [];
      world.crasher.killBy((name) => calls.push(name) === 0);
      await world.act("s1", ["one"]);
      await world.work();
      return { pushed: world.pushes.queued().length, calls };
    };
    const silent = await callsWith({});
    const pushing = await callsWith({ push });
    expect([silent.pushed, pushing.pushed]).toEqual([0, 1]);
    expect(pushing.calls).toContain("pushes.send");
    expect(pushing.calls.filter((call) => call !== "pushes.send")).toEqual(silent.calls);
  });
});
