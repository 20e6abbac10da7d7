import { describe, expect, it } from "vitest";
import { createWorld } from "../support/world.ts";

describe("a session's turn", () => {
  it("given activity before the conversation, when the user writes, then one note carries it", async () => {
    const world = createWorld();
    await world.act("s1", ["a", "b"]);
    await world.advance(1_000);
    await world.act("s1", ["c"]);
    await world.advance(1_000);
    await world.write("c1");
    await world.advance(1_000);
    expect(world.chat.notes).toHaveLength(1);
    expect(world.lines("c1")).toEqual(["a", "b", "c"]);
  });

  it("given the conversation first, when activity comes, then it is debounced into one note", async () => {
    const world = createWorld();
    await world.write("c1");
    await world.act("s1", ["a"]);
    await world.advance(100);
    await world.act("s1", ["b"]);
    await world.advance(149);
    expect(world.chat.notes).toHaveLength(1);
    await world.advance(1);
    expect(world.lines("c1")).toEqual(["a", "b"]);
  });
});
