import { describe, expect, it } from "vitest";
import { createWorld } from "../support/world.ts";

const minute = 60_000;

describe("a worker that dies, or whose calls fail, at any step", () => {
  const sides = ["before", "within", "after", "fails", "lost"] as const;
  const troubles = ["outage", "answer-lost", "request-lost", "unauthorized"] as const;

  const cases = sides.flatMap((side) => troubles.map((trouble) => [side, trouble] as const));
  const lastCall = 16;

  it.each(cases)(
    "given that a step %s and the platform has %s, then a debounced note comes by itself",
    async (...how) => {
      const [side, trouble] = how;
      for (let call = 1; call <= lastCall; call += 1) {
        const world = createWorld();
        await world.act("s1", ["a"]);
        await world.write("c1");
        await world.work();
        world.chat.failNext([trouble], "postNote");
        await world.act("s1", ["b"]);
        await world.advance(149);
        world.crasher.arm({ call, side });
        await world.advance(30 * minute);
        expect(world.lines("c1"), `call ${call}`).toEqual(["a", "b"]);
        expect(world.unsettled()).toEqual([]);
      }
    },
  );

  it.each(cases)(
    "given that a step %s and the platform has %s, then the at-link note comes by itself",
    async (...how) => {
      const [side, trouble] = how;
      const actor = { kind: "session", productId: "acme", sessionId: "s1" } as const;
      for (let call = 1; call <= lastCall; call += 1) {
        const world = createWorld();
        await world.act("s1", ["a"], { userId: "" });
        await world.work();
        world.chat.openConversation("c1", []);
        const acceptedAt = world.clock.now();
        await world.mailbox.send([{ actor, message: { type: "link", id: "l1", acceptedAt, conversationId: "c1" } }]);
        world.chat.failNext([trouble], "postNote");
        world.crasher.arm({ call, side });
        await world.advance(30 * minute);
        expect(world.lines("c1"), `call ${call}`).toEqual(["a"]);
        expect(world.unsettled()).toEqual([]);
      }
    },
  );
});
