import { expect, it } from "vitest";
import { createWorld } from "../support/world.ts";

it("given workers whose clocks differ, then notes that the slower one wrote are taken away as well", async () => {
  const world = createWorld({ summary_threshold: 3 });
  const beganAt = world.clock.now();
  await world.act("s1", ["one"]);
  world.clock.set(beganAt + 5_000);
  await world.write("c1");
  await world.advance(0);
  world.clock.set(beganAt + 1_000);
  await world.act("s1", ["two", "three"]);
  await world.advance(1_000);
  await world.finishJob({ kind: "written", text: "Summary." });
  await world.advance(10_000);
  const standing = world.chat.notes.filter(({ redactedAt }) => redactedAt === undefined);
  expect(standing.map(({ text }) => text.split("\n\n")[1])).toEqual(["Summary."]);
});
