import { describe, expect, it } from "vitest";
import type { PageEvent } from "../../lambdas/domain/session/page-event.ts";
import { pageEventId, seenThrough } from "../../lambdas/domain/session/page-stream.ts";
import { collect } from "../support/collect.ts";
import { hesitate, productWithOffers, stateOf, tap, thinkingWorld } from "../support/offers.ts";
import type { World } from "../support/world.ts";

const session = { kind: "session", productId: "acme", sessionId: "s1" } as const;
const minute = 60_000;

/** What the page was told, in order. */
const told = async (world: World): Promise<readonly PageEvent[]> =>
  (await collect(world.store.pageRows(session, { after: 0, through: 1_000, newestFirst: false }))).map(
    ({ event }) => event,
  );

async function listen(world: World, id = "listen-1", until = world.clock.now() + 10 * minute): Promise<void> {
  const message = { type: "listen", id, acceptedAt: world.clock.now(), until } as const;
  await world.mailbox.send([{ actor: session, message }]);
  await world.work();
}

describe("a page that listens", () => {
  it("is told of the offer, of what the agent does, and of the tour that its user wants", async () => {
    const world = await thinkingWorld(productWithOffers());
    await listen(world);
    await hesitate(world);
    await tap(world, "How do I export?");
    await world.work();
    await tap(world, "Yes");
    await world.work();
    const events = await told(world);
    expect(events.map(({ type }) => type)).toEqual(["state", "offer", "offer", "usertour_trigger"]);
    expect(events[0]).toMatchObject({ state: "proactive_assistance" });
    expect(events[1]).toMatchObject({ chips: [{ label: "How do I export?" }, { label: "Something else" }] });
    expect(events[3]).toEqual({
      type: "usertour_trigger",
      product_id: "acme",
      session_id: "s1",
      flow_id: "tour-export",
    });
  });

  it("listens on, whatever asks for it first", async () => {
    const world = await thinkingWorld(productWithOffers());
    const cameAt = world.clock.now();
    await listen(world, "listen-1", cameAt + 10 * minute);
    await listen(world, "listen-2", cameAt + 5 * minute);
    expect((await stateOf(world))?.stream?.until).toBe(cameAt + 10 * minute);
  });

  it("given that none listens, then nothing is kept for it", async () => {
    const world = await thinkingWorld(productWithOffers());
    await hesitate(world);
    expect(await told(world)).toEqual([]);
  });

  it("given that none has listened for long, then nothing is kept any more", async () => {
    const world = await thinkingWorld(productWithOffers());
    await listen(world);
    await world.advance(11 * minute);
    await hesitate(world);
    expect(await told(world)).toEqual([]);
  });

  it("given a worker that dies at any call, then it is told everything once", async () => {
    for (let call = 1; call <= 16; call += 1) {
      for (const side of ["before", "within", "after", "fails", "lost"] as const) {
        const world = await thinkingWorld(productWithOffers());
        await listen(world);
        world.crasher.arm({ call, side });
        await hesitate(world);
        world.crasher.arm(undefined);
        await world.advance(10 * minute);
        const { last } = (await stateOf(world))?.stream ?? {};
        const offers = (await told(world)).slice(0, last).filter(({ type }) => type === "offer");
        expect(offers, JSON.stringify({ call, side })).toHaveLength(world.chat.offers.length);
      }
    }
  }, 60_000);
});

describe("what a page has seen", () => {
  const stream = { since: 1_000, last: 7, until: 0 };

  it.each([
    ["the id of an event", pageEventId(stream, 3), 3],
    ["the id of one of an earlier life", "999-3", 0],
    ["an id from the future", "1000-99", 7],
    ["none", undefined, 7],
    ["a text that is none of ours", "1000-3; drop", 0],
  ])("given %s, then it is told what came after it", (_, id, seen) => {
    expect(seenThrough(stream, id)).toBe(seen);
  });
});
