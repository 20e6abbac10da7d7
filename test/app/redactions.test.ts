import { describe, expect, test } from "vitest";
import { stateOf } from "../support/offers.ts";
import { askedWorld, linkedWorld, note, read, written } from "../support/summaries.ts";

describe("taking notes away", () => {
  test("given one that fails, then the others go at once, and it goes later", async () => {
    const world = await askedWorld();
    world.chat.failNext(["outage"], "redactNote");
    await world.finishJob(written("S."));
    await world.work();
    expect(read(world)).toHaveLength(2);
    await world.advance(60_000);
    expect(read(world)).toEqual(["S."]);
  });

  test("given one that is refused for good, then it stays, and is not asked again", async () => {
    const world = await askedWorld();
    world.chat.failNext(["rejected"], "redactNote");
    await world.finishJob(written("S."));
    await world.advance(86_400_000);
    expect(read(world)).toEqual(["[1] Opened Projects", "S."]);
    expect(world.chat.calls.filter(({ operation }) => operation === "redactNote")).toHaveLength(3);
  });

  test("given an outage of hours, then all go afterwards, and what came meanwhile stays", async () => {
    const world = await askedWorld();
    await world.finishJob(written("S."));
    world.chat.failAll("outage");
    await world.advance(1_000);
    await world.advance(3_600_000);
    world.chat.failAll(undefined);
    await world.advance(3_600_000);
    expect(read(world)).toEqual(["S."]);
  });

  test("given more notes than a round takes, then all go", async () => {
    const world = await linkedWorld({ summary_threshold: 35 });
    for (let n = 2; n <= 35; n++) await note(world, `step ${n}`);
    await world.finishJob(written("S."));
    await world.advance(1_000);
    expect(read(world)).toEqual(["S."]);
  });

  test("given a token that may not take notes away, then the notes of others are not held up, and it is tried for a day", async () => {
    const world = await askedWorld();
    world.chat.failNext(Array(1_000).fill("unauthorized"), "redactNote");
    await world.finishJob(written("S."));
    await world.work();
    expect(await world.ports.guards.pause("acme", world.clock.now())).toBeUndefined();
    await world.advance(2 * 86_400_000);
    const tried = world.chat.calls.filter(({ operation }) => operation === "redactNote").length;
    await world.advance(86_400_000);
    expect(world.chat.calls.filter(({ operation }) => operation === "redactNote")).toHaveLength(tried);
  });

  test("given a pause that never ends, then what is left is given up after a day", async () => {
    const world = await askedWorld();
    await world.finishJob(written("S."));
    world.chat.failNext(Array(3).fill("outage"), "redactNote");
    await world.work();
    world.chat.failAll("limited");
    for (let hour = 0; hour < 60; hour += 1) {
      await world.ports.guards.setPause("acme", { until: world.clock.now() + 3_700_000, reason: "unauthorized" });
      await world.advance(3_600_000);
    }
    expect(world.alarms.pending().filter(({ firesAt }) => firesAt > world.clock.now() + 3_600_000)).toEqual([]);
    expect((await stateOf(world))?.summaries?.redaction ?? null).toBeNull();
  });
});
