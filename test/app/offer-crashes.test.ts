import { describe, expect, it } from "vitest";
import type { Crash } from "../support/crash.ts";
import { agentOf, eventTypes, hesitate, productWithOffers, stateOf, tap, thinkingWorld } from "../support/offers.ts";

const second = 1_000;
const sides: readonly Crash["side"][] = ["before", "within", "after", "fails", "lost"];

/** More calls than such turns make: what lies beyond their end changes nothing. */
const CALLS = 16;

const points: readonly Crash[] = Array.from({ length: CALLS }, (_, index) =>
  sides.map((side) => ({ call: index + 1, side })),
).flat();

describe("a worker that dies at any call of a turn that offers help", () => {
  it("leaves no offer without the state, no state without the offer, and never two offers", async () => {
    for (const crash of points) {
      const world = await thinkingWorld(productWithOffers());
      world.crasher.arm(crash);
      await world.act("s1", ["plans", "billing", "plans again"], { pages: ["/plans", "/billing", "/plans"] });
      await world.advance(1);
      world.crasher.arm(undefined);
      for (let step = 0; step < 90; step += 1) {
        await world.advance(1 * second);
        const assists = (await agentOf(world)) === "proactive_assistance";
        if (assists) expect(world.chat.offers, JSON.stringify(crash)).toHaveLength(1);
      }
      const told = eventTypes(world).filter((type) => type === "offer.shown" || type === "offer.ignored");
      expect(world.chat.offers.length, JSON.stringify(crash)).toBeLessThanOrEqual(1);
      // What was shown was known to be shown: the session went through the state, and its end.
      const { manners } = (await stateOf(world)) ?? {};
      expect(manners?.lastOfferAt !== null, JSON.stringify({ crash, told })).toBe(world.chat.offers.length === 1);
      expect(manners, JSON.stringify(crash)).toMatchObject({ agent: { mode: "thinking" }, offer: null });
      expect(world.lines("c1")).toEqual(["signed in", "plans", "billing", "plans again"]);
    }
  }, 60_000);
});

describe("a worker that dies at any call of a turn that hears a tap", () => {
  it("requests the answer, and never asks twice about the tour", async () => {
    for (const crash of points) {
      const world = await thinkingWorld(productWithOffers());
      await hesitate(world);
      await world.advance(1 * second);
      world.crasher.arm(crash);
      await tap(world, "How do I export?");
      await world.advance(1);
      world.crasher.arm(undefined);
      await world.advance(90 * second);
      const requests = world.events
        .published()
        .filter(({ type, detail }) => type === "answer.requested" && detail.by === "chip");
      expect(new Set(requests.map(({ id }) => id)).size, JSON.stringify(crash)).toBe(1);
      expect(world.chat.offers.length, JSON.stringify(crash)).toBeLessThanOrEqual(2);
      expect((await stateOf(world))?.manners, JSON.stringify(crash)).toMatchObject({ offer: null });
      expect(world.unsettled()).toEqual([]);
    }
  }, 60_000);
});
