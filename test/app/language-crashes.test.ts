import { describe, expect, it } from "vitest";
import type { Crash } from "../support/crash.ts";
import { createWorld, type World } from "../support/world.ts";

const second = 1_000;
const hour = 3_600 * second;
const sides: readonly Crash["side"][] = ["before", "within", "after", "fails", "lost"];

/** More calls than such turns make: what lies beyond their end changes nothing. */
const CALLS = 24;

const points: readonly Crash[] = Array.from({ length: CALLS }, (_, index) =>
  sides.map((side) => ({ call: index + 1, side })),
).flat();

/** What an agent reads: notes whose text was taken away are left out. */
const read = (world: World): readonly string[] =>
  world.chat.notes.filter(({ redactedAt }) => redactedAt === undefined).map(({ text }) => text.split("\n\n")[1] ?? "");

/** Each action is in a note that stands, or in a summary that stands. */
function isCovered(world: World, texts: readonly string[]): boolean {
  const standing = read(world);
  const summary = standing.some((text) => text === "Summary.");
  return texts.every((text) => summary || standing.some((note) => note.endsWith(text)));
}

async function notedWorld(): Promise<World> {
  const world = createWorld({ summary_threshold: 3 });
  await world.act("s1", ["one"]);
  await world.write("c1");
  await world.advance(1 * second);
  await world.act("s1", ["two"]);
  await world.advance(1 * second);
  return world;
}

describe("a worker that dies at any call of the turn", () => {
  it("in which the threshold is reached, then one summary of all the rows is asked for", async () => {
    for (const crash of points) {
      const world = await notedWorld();
      world.crasher.arm(crash);
      await world.act("s1", ["three"]);
      await world.advance(150);
      world.crasher.arm(undefined);
      await world.advance(600 * second);
      const ranges = world.jobs.queued().map((job) => job.kind === "summary" && `${job.after}-${job.through}`);
      expect(new Set(ranges), JSON.stringify(crash)).toEqual(new Set(["0-3"]));
    }
  }, 60_000);

  it("in which a summary is posted, then it stands once, and its notes go after it", async () => {
    for (const crash of points) {
      const world = await notedWorld();
      await world.act("s1", ["three"]);
      await world.advance(1 * second);
      world.crasher.arm(crash);
      await world.finishJob({ kind: "written", text: "Summary." });
      await world.advance(1);
      world.crasher.arm(undefined);
      expect(isCovered(world, ["one", "two", "three"]), JSON.stringify(crash)).toBe(true);
      for (let step = 0; step < 120; step += 1) {
        await world.advance(5 * second);
        expect(isCovered(world, ["one", "two", "three"]), JSON.stringify(crash)).toBe(true);
      }
      expect(read(world), JSON.stringify(crash)).toEqual(["Summary."]);
      expect(
        world.chat.notes.filter(({ text }) => text.endsWith("Summary.")),
        JSON.stringify(crash),
      ).toHaveLength(1);
      expect(world.unsettled()).toEqual([]);
    }
  }, 60_000);

  it("in which an answer is sent, then the user is told it once", async () => {
    for (const crash of points) {
      const world = createWorld({ answers: { enabled: true } });
      await world.act("s1", ["one"]);
      await world.write("c1", { text: "How?" });
      await world.advance(1 * second);
      world.crasher.arm(crash);
      await world.finishJob({ kind: "written", text: "So." });
      await world.advance(1);
      world.crasher.arm(undefined);
      await world.advance(hour);
      const told = world.chat.comments.filter(({ adminId }) => adminId === "9001");
      expect(told, JSON.stringify(crash)).toHaveLength(1);
      expect(world.unsettled()).toEqual([]);
    }
  }, 60_000);

  it("in which a question is heard, then one job asks about it", async () => {
    for (const crash of points) {
      const world = createWorld({ answers: { enabled: true } });
      await world.act("s1", ["one"]);
      await world.work();
      world.crasher.arm(crash);
      await world.write("c1", { id: "q1", text: "How?" });
      await world.advance(1);
      world.crasher.arm(undefined);
      await world.advance(80 * second);
      expect(new Set(world.jobs.queued().map(({ id }) => id)).size, JSON.stringify(crash)).toBe(1);
    }
  }, 60_000);
});
