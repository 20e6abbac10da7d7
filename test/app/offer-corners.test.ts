import { describe, expect, it } from "vitest";
import { processDeliveries } from "../../lambdas/app/process-deliveries.ts";
import type { Envelope } from "../../lambdas/domain/actor/message.ts";
import {
  agentOf,
  entryWith,
  eventTypes,
  hesitate,
  pingPong,
  productWithOffers,
  stateOf,
  tap,
  thinkingWorld,
} from "../support/offers.ts";
import { productWith } from "../support/product.ts";
import { createWorld } from "../support/world.ts";

const second = 1_000;

describe("looking at a session", () => {
  it("given an offer without a chip to show, then silence does not wake it again and again", async () => {
    const idle = { ...entryWith({ type: "idle_for", seconds: 5 }), messages: [{ id: "x", label: " " }] };
    const world = createWorld(productWithOffers(idle));
    await world.act("s1", ["signed in"]);
    await world.write("c1", { text: "Hello" });
    await world.advance(60 * second);
    expect(eventTypes(world)).not.toContain("offer.evaluated");
    expect(world.alarms.pending().length).toBeLessThan(3);
  });

  it("given a session id that is only white space, then its messages are taken all the same", async () => {
    const world = createWorld(productWithOffers());
    await world.act(" ", ["a"]);
    await world.write("c1", { text: "Hello" });
    await world.advance(100 * second);
    await world.act(" ", ["b"]);
    await world.advance(10 * second);
    expect(world.unsettled()).toEqual([]);
    expect(world.lines("c1")).toEqual(["a", "b"]);
  });

  it("given a user who opens the chat, when the link comes alone before what they wrote, then nothing is offered", async () => {
    const world = createWorld(productWithOffers());
    await hesitate(world);
    await world.write("c1", { text: "Hello" });
    const takeOne = (envelopes: readonly Envelope[]) =>
      processDeliveries(world.ports, envelopes.map(world.toDelivery), () => 30_000);
    await takeOne(world.mailbox.drain());
    const [link, wrote] = world.mailbox.drain();
    if (!link || !wrote) throw new Error("the session is told both");
    await takeOne([link]);
    await takeOne([wrote]);
    expect(world.chat.offers).toEqual([]);
    expect(await agentOf(world)).toBe("reactive_assistance");
  });

  it("given a tour with a timeout that no clock can name, then the session goes on", async () => {
    const document = productWithOffers();
    const tour_registry = [{ id: "t", user_tour_id: "tour-export", interaction_timeout_s: 1e13 }];
    const integration_config = { ...document.integration_config, tour_registry };
    const world = await thinkingWorld({ ...document, integration_config });
    await hesitate(world);
    await tap(world, "How do I export?");
    await world.advance(1 * second);
    await tap(world, "Yes");
    await world.advance(1 * second);
    for (const { dueAt } of world.alarms.pending()) expect(new Date(dueAt).getUTCFullYear()).toBe(2026);
  });
});

describe("hearing the user", () => {
  it("given offers that were switched off meanwhile, then the open one is answered all the same", async () => {
    const world = await thinkingWorld(productWithOffers());
    await hesitate(world);
    world.products.put(productWith(productWithOffers(pingPong, { enabled: false })));
    await tap(world, "How do I export?");
    await world.advance(1 * second);
    expect(eventTypes(world)).toContain("offer.tapped");
  });

  it("given what was written before the offer, when it is delivered after it, then the chips may still be tapped", async () => {
    const world = await thinkingWorld(productWithOffers());
    const wroteAt = world.clock.now();
    await world.advance(1 * second);
    await hesitate(world);
    await world.write("c1", { id: "late", text: "One more thing", wroteAt });
    await world.advance(1 * second);
    await tap(world, "How do I export?");
    await world.advance(1 * second);
    expect(eventTypes(world)).toContain("offer.tapped");
  });

  it("given an answer in the second in which the offer came, as the platform dates it, then the chips are over", async () => {
    const world = await thinkingWorld(productWithOffers());
    await hesitate(world);
    const wroteAt = Math.floor(world.clock.now() / second) * second;
    await world.write("c1", { id: "at-once", text: "What does it cost?", wroteAt });
    await world.advance(1 * second);
    expect((await stateOf(world))?.manners?.shown).toBeNull();
  });

  it.each([
    ["hours after the tour was offered", "c1"],
    ["in another conversation", "c2"],
  ])("given a yes that is typed %s, then no tour is launched", async (_, conversation) => {
    const world = await thinkingWorld({ ...productWithOffers(), link: { policy: "latest" } });
    await hesitate(world);
    await tap(world, "How do I export?");
    await world.advance(conversation === "c1" ? 3_600 * second : 1 * second);
    await world.write(conversation, { text: "yes" });
    await world.advance(1 * second);
    expect(eventTypes(world)).not.toContain("tour.launched");
  });

  it("given two tabs, when the user writes freely, then one answer is asked for", async () => {
    const world = await thinkingWorld(productWithOffers());
    await world.act("s2", ["another tab"]);
    await world.advance(1 * second);
    const before = eventTypes(world).filter((type) => type === "answer.requested").length;
    await tap(world, "What does it cost?");
    await world.advance(1 * second);
    expect(eventTypes(world).filter((type) => type === "answer.requested")).toHaveLength(before + 1);
  });
});
