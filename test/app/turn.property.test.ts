import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createWorld, type World } from "../support/world.ts";

type Happening =
  | { readonly type: "act"; readonly session: "s1" | "s2"; readonly actions: number }
  | { readonly type: "write" }
  | { readonly type: "pass"; readonly ms: number }
  | { readonly type: "again"; readonly which: number }
  | { readonly type: "crash"; readonly call: number; readonly side: "before" | "after" }
  | { readonly type: "fault"; readonly fault: "outage" | "request-lost" | "answer-lost" | "limited" | "unauthorized" };

const happening: fc.Arbitrary<Happening> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      type: fc.constant("act"),
      session: fc.constantFrom("s1", "s2"),
      actions: fc.integer({ min: 1, max: 4 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ type: fc.constant("write") }) },
  {
    weight: 4,
    arbitrary: fc.record({ type: fc.constant("pass"), ms: fc.constantFrom(1, 80, 149, 151, 1_000, 6_000) }),
  },
  { weight: 2, arbitrary: fc.record({ type: fc.constant("again"), which: fc.nat(20) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      type: fc.constant("crash"),
      call: fc.integer({ min: 1, max: 14 }),
      side: fc.constantFrom("before", "after"),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      type: fc.constant("fault"),
      fault: fc.constantFrom("outage", "request-lost", "answer-lost", "limited", "unauthorized"),
    }),
  },
) as fc.Arbitrary<Happening>;

/** Each session has its own person, so that both have a conversation. */
const conversationOf = { s1: "c1", s2: "c2" } as const;

async function play(world: World, happenings: readonly Happening[]) {
  const accepted = { s1: [] as string[], s2: [] as string[] };
  const sent: Awaited<ReturnType<World["act"]>>[] = [];
  let named = 0;
  for (const next of happenings) {
    if (next.type === "act") {
      const lines = Array.from({ length: next.actions }, () => `${next.session} action ${++named}`);
      accepted[next.session].push(...lines);
      sent.push(await world.act(next.session, lines, { userId: `user of ${next.session}` }));
      await world.advance(5);
    } else if (next.type === "write") {
      await world.write("c1", { userId: "user of s1" });
      await world.write("c2", { userId: "user of s2" });
    } else if (next.type === "pass") await world.advance(next.ms);
    else if (next.type === "again") {
      const envelope = sent[next.which % Math.max(1, sent.length)];
      if (envelope) await world.redeliver(envelope);
    } else if (next.type === "crash") world.crasher.arm(next);
    else world.chat.failNext([next.fault]);
  }
  world.crasher.arm(undefined);
  world.chat.failAll(undefined);
  await world.write("c1", { userId: "user of s1" });
  await world.write("c2", { userId: "user of s2" });
  await world.advance(30 * 60_000);
  return accepted;
}

describe("any interleaving, duplication, crash and fault", () => {
  it("leads to the same notes: each action once, in its own conversation, in order", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(happening, { maxLength: 40 }), async (happenings) => {
        // Long enough a window that nothing leaves it while a crashed worker's messages are out.
        const world = createWorld({ pre_link_window_s: 3_600 });
        const accepted = await play(world, happenings);
        for (const session of ["s1", "s2"] as const) {
          expect(world.lines(conversationOf[session])).toEqual(accepted[session]);
        }
        expect(world.deadLetters.letters()).toEqual([]);
        expect(world.unsettled()).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});
