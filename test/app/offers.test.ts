import { describe, expect, it } from "vitest";
import {
  agentOf,
  detailOf,
  entryWith,
  eventTypes,
  hesitate,
  pingPong,
  productWithOffers,
  stateOf,
  tap,
  thinkingWorld,
} from "../support/offers.ts";
import { createWorld } from "../support/world.ts";

const second = 1_000;

describe("an offer", () => {
  it("is shown when a trigger fires, and the agent assists from then on", async () => {
    const world = await thinkingWorld(productWithOffers());
    await hesitate(world);
    expect(world.chat.offers).toMatchObject([
      {
        conversationId: "c1",
        body: "Need my expert help?",
        options: [{ text: "How do I export?" }, { text: "Something else" }],
      },
    ]);
    expect(await agentOf(world)).toBe("proactive_assistance");
    expect(eventTypes(world)).toEqual(expect.arrayContaining(["offer.evaluated", "offer.fired", "offer.shown"]));
  });

  it("given an ignored one, then it is over at its timeout, and none is made during the cooldown", async () => {
    const world = await thinkingWorld(productWithOffers(pingPong, { min_interval_s: 0 }));
    await hesitate(world);
    await world.advance(10 * second);
    expect(detailOf(world, "offer.ignored")).toMatchObject({ trigger: "canonical_url_ping_pong" });
    expect(await agentOf(world)).toBe("thinking");
    await hesitate(world);
    expect(world.chat.offers).toHaveLength(1);
    await world.advance(30 * second);
    await hesitate(world);
    expect(world.chat.offers).toHaveLength(2);
  });

  it("given a minimum interval, then a session gets no second one within it", async () => {
    const world = await thinkingWorld(productWithOffers());
    for (let minute = 0; minute < 5; minute += 1) {
      await hesitate(world);
      await world.advance(59 * second);
    }
    expect(world.chat.offers).toHaveLength(1);
    await world.advance(10 * second);
    await hesitate(world);
    expect(world.chat.offers).toHaveLength(2);
  });

  it("given a conversation that nobody vouched for, then none is made and the log is not read", async () => {
    const world = createWorld(productWithOffers());
    world.chat.openConversation("c1", []);
    const who = { userId: "", conversationId: "c1" };
    await world.act("s1", ["a", "b", "a"], { ...who, pages: ["/a", "/b", "/a"] });
    await world.advance(60 * second);
    expect((await stateOf(world))?.link).toMatchObject({ verified: false });
    expect(eventTypes(world)).not.toContain("offer.evaluated");
  });

  it("given the user who writes first, then the agent reacts, and offers nothing until it has thought again", async () => {
    const world = createWorld(productWithOffers());
    await world.act("s1", ["signed in"]);
    await world.write("c1", { text: "Hello" });
    await world.advance(1 * second);
    expect(await agentOf(world)).toBe("reactive_assistance");
    await hesitate(world);
    expect(world.chat.offers).toEqual([]);
    expect(eventTypes(world)).not.toContain("offer.evaluated");
    expect(detailOf(world, "answer.requested")).toEqual({ by: "text" });
  });

  it("given a platform that is down, then it is tried for ten seconds, and never sent late", async () => {
    const world = await thinkingWorld(productWithOffers());
    world.chat.failAll("outage");
    await hesitate(world);
    await world.advance(11 * second);
    world.chat.failAll(undefined);
    await world.advance(60 * second);
    expect(world.chat.offers).toEqual([]);
    expect(detailOf(world, "offer.suppressed")).toMatchObject({ reason: "late" });
    expect(await agentOf(world)).toBe("thinking");
  });

  it("given a platform that fails once, then it is tried again, still in time", async () => {
    const world = await thinkingWorld(productWithOffers());
    world.chat.failNext(["outage"], "offerHelp");
    await hesitate(world);
    await world.advance(3 * second);
    expect(world.chat.offers).toHaveLength(1);
    expect(await agentOf(world)).toBe("proactive_assistance");
  });

  it("given an answer that is lost, then it is looked for, found, and not sent again", async () => {
    const world = await thinkingWorld(productWithOffers());
    world.chat.failNext(["answer-lost"], "offerHelp");
    await hesitate(world);
    expect(await agentOf(world)).toBe("thinking");
    await world.advance(6 * second);
    expect(world.chat.offers).toHaveLength(1);
    expect(await agentOf(world)).toBe("proactive_assistance");
  });

  it("given a request that is lost, then it is looked for, not found, and not sent again", async () => {
    const world = await thinkingWorld(productWithOffers());
    world.chat.failNext(["request-lost"], "offerHelp");
    await hesitate(world);
    await world.advance(60 * second);
    expect(world.chat.offers).toEqual([]);
    expect(detailOf(world, "offer.suppressed")).toMatchObject({ reason: "lost" });
  });

  it("given an answer that is lost, when the user taps a chip before anybody has looked, then the tap proves it", async () => {
    const world = await thinkingWorld(productWithOffers());
    world.chat.failNext(["answer-lost"], "offerHelp");
    await hesitate(world);
    await tap(world, "Something else");
    await world.advance(1 * second);
    expect(eventTypes(world).filter((type) => type.startsWith("offer."))).toEqual([
      "offer.evaluated",
      "offer.fired",
      "offer.shown",
      "offer.tapped",
    ]);
  });

  it("given one in doubt, when the look for it is rejected, then it is looked for again: the offer was not", async () => {
    const world = await thinkingWorld(productWithOffers());
    world.chat.failNext(["answer-lost"], "offerHelp");
    world.chat.failNext(["rejected"], "findOffer");
    await hesitate(world);
    await world.advance(9 * second);
    expect(await agentOf(world)).toBe("proactive_assistance");
  });

  it("given several within two minutes, when the request of the last is lost, then none of them is taken for it", async () => {
    const world = await thinkingWorld(productWithOffers(pingPong, { min_interval_s: 0 }));
    for (const offers of [1, 2]) {
      await hesitate(world);
      await world.advance(45 * second);
      expect(world.chat.offers).toHaveLength(offers);
    }
    world.chat.failNext(["request-lost"], "offerHelp");
    await hesitate(world);
    await world.advance(6 * second);
    expect(detailOf(world, "offer.suppressed")).toMatchObject({ reason: "lost" });
    expect(await agentOf(world)).toBe("thinking");
  });

  it("given one in doubt, when it is found after the user wrote and was helped, then it is over, and may be tapped", async () => {
    const world = await thinkingWorld(productWithOffers(pingPong, { interaction_timeout_s: 1 }));
    world.chat.failNext(["answer-lost"], "offerHelp");
    await hesitate(world);
    await tap(world, "What does it cost?");
    await world.advance(30 * second);
    expect(eventTypes(world)).toContain("offer.shown");
    expect((await stateOf(world))?.manners).toMatchObject({
      agent: { mode: "thinking" },
      offer: null,
      shown: { ignoredAt: expect.any(Number) },
    });
    await tap(world, "Something else");
    await world.advance(1 * second);
    expect(eventTypes(world)).toContain("offer.tapped");
  });

  it("given limits, then the one too many is suppressed, and says by which", async () => {
    const world = await thinkingWorld(
      productWithOffers(pingPong, { min_interval_s: 0, limits: { session_per_hour: 1 } }),
    );
    await hesitate(world);
    await world.advance(60 * second);
    await hesitate(world);
    expect(world.chat.offers).toHaveLength(1);
    expect(detailOf(world, "offer.suppressed")).toMatchObject({ reason: "session-hour" });
  });

  it("given a judge that is asked for and missing, then the fallback says what becomes of it", async () => {
    const world = await thinkingWorld(productWithOffers(pingPong, { judge: { fallback: "skip" } }));
    await hesitate(world);
    expect(world.chat.offers).toEqual([]);
    expect(detailOf(world, "offer.suppressed")).toMatchObject({ reason: "judge" });
  });
});

describe("silence", () => {
  const dwell = entryWith({ type: "user_page_dwell", threshold_s: 90 });

  it("given a user who stays on a page, then the offer comes without a further action", async () => {
    const world = await thinkingWorld(productWithOffers(dwell));
    await world.act("s1", ["looks at the invoice"], { pages: ["/invoice"] });
    await world.advance(89 * second);
    expect(world.chat.offers).toEqual([]);
    await world.advance(2 * second);
    expect(world.chat.offers).toHaveLength(1);
  });

  it("given a user who came during the cooldown, then it comes all the same, when it is due", async () => {
    const world = createWorld(productWithOffers(dwell));
    await world.write("c1", { text: "Hello" });
    await world.act("s1", ["signed in"]);
    await world.advance(25 * second);
    await world.act("s1", ["looks at the invoice"], { pages: ["/invoice"] });
    await world.advance(89 * second);
    expect(world.chat.offers).toEqual([]);
    await world.advance(2 * second);
    expect(world.chat.offers).toHaveLength(1);
  });
});

describe("the user's turn", () => {
  it("given a chip with a tour, then the user is asked, and yes launches it for this session", async () => {
    const world = await thinkingWorld(productWithOffers());
    await hesitate(world);
    await tap(world, "how do i EXPORT? ");
    await world.advance(1 * second);
    expect(world.chat.offers.at(-1)).toMatchObject({
      body: "Would you like me to show you?",
      options: [{ text: "Yes" }, { text: "No" }],
    });
    const requested = world.events.published().filter(({ type }) => type === "answer.requested");
    expect(requested.map(({ detail }) => detail)).toEqual([{ by: "text" }, { by: "chip", chip: "export" }]);
    await tap(world, "", world.chat.offers.at(-1)?.options[0]?.uuid);
    await world.advance(1 * second);
    const launched = world.events.published().filter(({ type }) => type === "tour.launched");
    expect(launched).toMatchObject([{ sessionId: "s1", detail: { flow_id: "tour-export" } }]);
    expect((await stateOf(world))?.manners?.agent).toMatchObject({ guidance: { tourId: "tour-export" } });
  });

  it("given no to the tour, then nothing is launched, and the help goes on", async () => {
    const world = await thinkingWorld(productWithOffers());
    await hesitate(world);
    await tap(world, "How do I export?");
    await world.advance(1 * second);
    await tap(world, "no");
    await world.advance(1 * second);
    expect(eventTypes(world)).toContain("tour.declined");
    expect(eventTypes(world)).not.toContain("tour.launched");
    expect(await agentOf(world)).toBe("proactive_assistance");
  });

  it("given free text instead of a chip, then an answer is requested and the chips are over", async () => {
    const world = await thinkingWorld(productWithOffers());
    await hesitate(world);
    await tap(world, "What does it cost?");
    await world.advance(1 * second);
    expect(eventTypes(world).filter((type) => type === "answer.requested")).toHaveLength(2);
    expect(eventTypes(world)).not.toContain("offer.tapped");
    expect((await stateOf(world))?.manners?.shown).toBeNull();
  });

  it("given a chip that is tapped after its offer was over, then it is heard all the same, and its tour offered", async () => {
    const world = await thinkingWorld(productWithOffers());
    await hesitate(world);
    await world.advance(20 * second);
    expect(detailOf(world, "offer.ignored")).toBeDefined();
    await tap(world, "How do I export?");
    await world.advance(1 * second);
    expect(eventTypes(world)).toContain("offer.tapped");
    expect(await agentOf(world)).toBe("reactive_assistance");
    expect(world.chat.offers).toHaveLength(2);
  });

  it("given an answer in time, then the timeout starts anew", async () => {
    const world = await thinkingWorld(productWithOffers());
    await hesitate(world);
    await world.advance(9 * second);
    await tap(world, "Something else");
    await world.advance(9 * second);
    expect(await agentOf(world)).toBe("proactive_assistance");
    await world.advance(2 * second);
    expect(await agentOf(world)).toBe("thinking");
    expect(eventTypes(world)).not.toContain("offer.ignored");
  });
});
