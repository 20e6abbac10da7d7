import { describe, expect, it } from "vitest";
import type { SessionState } from "../../lambdas/domain/session/state.ts";
import { createWorld, type World } from "../support/world.ts";

const second = 1_000;

const chips = [
  { id: "export", label: "How do I export?", user_tour_exists: true, user_tour_id: "tour-export" },
  { id: "talk", label: "Something else" },
];

const entryWith = (criteria: object) => ({
  id: "undecided",
  name: "Undecided",
  proactive_criteria: { id: "c", name: "c", ...criteria },
  messages: chips,
});

const pingPong = entryWith({ type: "canonical_url_ping_pong" });

const productWithOffers = (entry: object = pingPong, more: object = {}) => ({
  integration_config: { proactive_intercom: [entry] },
  proactive: { cooldown_period_s: 30, ...more },
});

const session = { kind: "session", productId: "acme", sessionId: "s1" } as const;
const stateOf = async (world: World) =>
  (await world.store.load(session, world.clock.now())).state as SessionState | undefined;
const agentOf = async (world: World) => (await stateOf(world))?.manners?.agent.mode;
const events = (world: World) => world.events.published().map(({ type }) => type);
const detailOf = (world: World, type: string) => world.events.published().find((event) => event.type === type)?.detail;

/** The user has a conversation, was answered there, and has been quiet until the agent thinks again, without cooldown. */
async function thinking(document: Record<string, unknown>): Promise<World> {
  const world = createWorld(document);
  await world.act("s1", ["signed in"]);
  await world.write("c1", { text: "Hello" });
  await world.advance(60 * second);
  expect(await agentOf(world)).toBe("thinking");
  return world;
}

/** Goes from one page to another and back. */
async function hesitate(world: World): Promise<void> {
  await world.act("s1", ["plans", "billing", "plans again"], { pages: ["/plans", "/billing", "/plans"] });
  await world.advance(5);
}

const tap = (world: World, text: string, optionUuid?: string) =>
  world.write("c1", { id: `tap-${text}-${world.clock.now()}`, text, ...(optionUuid && { optionUuid }) });

describe("an offer", () => {
  it("is shown when a trigger fires, and the agent assists from then on", async () => {
    const world = await thinking(productWithOffers());
    await hesitate(world);
    expect(world.chat.offers).toMatchObject([
      {
        conversationId: "c1",
        body: "Need my expert help?",
        options: [{ text: "How do I export?" }, { text: "Something else" }],
      },
    ]);
    expect(await agentOf(world)).toBe("proactive_assistance");
    expect(events(world)).toEqual(expect.arrayContaining(["offer.evaluated", "offer.fired", "offer.shown"]));
  });

  it("given an ignored one, then it is over at its timeout, and none is made during the cooldown", async () => {
    const world = await thinking(productWithOffers(pingPong, { min_interval_s: 0 }));
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
    const world = await thinking(productWithOffers());
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
    expect(events(world)).not.toContain("offer.evaluated");
  });

  it("given the user who writes first, then the agent reacts, and offers nothing until it has thought again", async () => {
    const world = createWorld(productWithOffers());
    await world.act("s1", ["signed in"]);
    await world.write("c1", { text: "Hello" });
    await world.advance(1 * second);
    expect(await agentOf(world)).toBe("reactive_assistance");
    await hesitate(world);
    expect(world.chat.offers).toEqual([]);
    expect(events(world)).not.toContain("offer.evaluated");
    expect(detailOf(world, "answer.requested")).toEqual({ by: "text" });
  });

  it("given a platform that is down, then it is tried for ten seconds, and never sent late", async () => {
    const world = await thinking(productWithOffers());
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
    const world = await thinking(productWithOffers());
    world.chat.failNext(["outage"], "offerHelp");
    await hesitate(world);
    await world.advance(3 * second);
    expect(world.chat.offers).toHaveLength(1);
    expect(await agentOf(world)).toBe("proactive_assistance");
  });

  it("given an answer that is lost, then it is looked for, found, and not sent again", async () => {
    const world = await thinking(productWithOffers());
    world.chat.failNext(["answer-lost"], "offerHelp");
    await hesitate(world);
    expect(await agentOf(world)).toBe("thinking");
    await world.advance(6 * second);
    expect(world.chat.offers).toHaveLength(1);
    expect(await agentOf(world)).toBe("proactive_assistance");
  });

  it("given a request that is lost, then it is looked for, not found, and not sent again", async () => {
    const world = await thinking(productWithOffers());
    world.chat.failNext(["request-lost"], "offerHelp");
    await hesitate(world);
    await world.advance(60 * second);
    expect(world.chat.offers).toEqual([]);
    expect(detailOf(world, "offer.suppressed")).toMatchObject({ reason: "lost" });
  });

  it("given an answer that is lost, when the user taps a chip before anybody has looked, then the tap proves it", async () => {
    const world = await thinking(productWithOffers());
    world.chat.failNext(["answer-lost"], "offerHelp");
    await hesitate(world);
    await tap(world, "Something else");
    await world.advance(1 * second);
    expect(events(world).filter((type) => type.startsWith("offer."))).toEqual([
      "offer.evaluated",
      "offer.fired",
      "offer.shown",
      "offer.tapped",
    ]);
  });

  it("given limits, then the one too many is suppressed, and says by which", async () => {
    const world = await thinking(productWithOffers(pingPong, { min_interval_s: 0, limits: { session_per_hour: 1 } }));
    await hesitate(world);
    await world.advance(60 * second);
    await hesitate(world);
    expect(world.chat.offers).toHaveLength(1);
    expect(detailOf(world, "offer.suppressed")).toMatchObject({ reason: "session-hour" });
  });

  it("given a judge that is asked for and missing, then the fallback says what becomes of it", async () => {
    const world = await thinking(productWithOffers(pingPong, { judge: { fallback: "skip" } }));
    await hesitate(world);
    expect(world.chat.offers).toEqual([]);
    expect(detailOf(world, "offer.suppressed")).toMatchObject({ reason: "judge" });
  });
});

describe("silence", () => {
  const dwell = entryWith({ type: "user_page_dwell", threshold_s: 30 });

  it("given a user who stays on a page, then the offer comes without a further action", async () => {
    const world = await thinking(productWithOffers(dwell));
    await world.act("s1", ["looks at the invoice"], { pages: ["/invoice"] });
    await world.advance(29 * second);
    expect(world.chat.offers).toEqual([]);
    await world.advance(2 * second);
    expect(world.chat.offers).toHaveLength(1);
  });

  it("given a user who came during the cooldown, then it comes when that is over", async () => {
    const world = createWorld(productWithOffers(dwell));
    await world.write("c1", { text: "Hello" });
    await world.act("s1", ["signed in"]);
    await world.advance(25 * second);
    await world.act("s1", ["looks at the invoice"], { pages: ["/invoice"] });
    await world.advance(24 * second);
    expect(world.chat.offers).toEqual([]);
    await world.advance(10 * second);
    expect(world.chat.offers).toHaveLength(1);
  });
});

describe("the user's turn", () => {
  it("given a chip with a tour, then the user is asked, and yes launches it for this session", async () => {
    const world = await thinking(productWithOffers());
    await hesitate(world);
    await tap(world, "how do i EXPORT? ");
    await world.advance(1 * second);
    expect(world.chat.offers.at(-1)).toMatchObject({
      body: "Would you like me to show you?",
      options: [{ text: "Yes" }, { text: "No" }],
    });
    expect(detailOf(world, "answer.requested")).toMatchObject({ by: "text" });
    await tap(world, "", world.chat.offers.at(-1)?.options[0]?.uuid);
    await world.advance(1 * second);
    const launched = world.events.published().filter(({ type }) => type === "tour.launched");
    expect(launched).toMatchObject([{ sessionId: "s1", detail: { flow_id: "tour-export" } }]);
    expect((await stateOf(world))?.manners?.agent).toMatchObject({ guidance: { tourId: "tour-export" } });
  });

  it("given no to the tour, then nothing is launched, and the help goes on", async () => {
    const world = await thinking(productWithOffers());
    await hesitate(world);
    await tap(world, "How do I export?");
    await world.advance(1 * second);
    await tap(world, "no");
    await world.advance(1 * second);
    expect(events(world)).toContain("tour.declined");
    expect(events(world)).not.toContain("tour.launched");
    expect(await agentOf(world)).toBe("proactive_assistance");
  });

  it("given free text instead of a chip, then an answer is requested and the chips are over", async () => {
    const world = await thinking(productWithOffers());
    await hesitate(world);
    await tap(world, "What does it cost?");
    await world.advance(1 * second);
    expect(events(world).filter((type) => type === "answer.requested")).toHaveLength(2);
    expect(events(world)).not.toContain("offer.tapped");
    expect((await stateOf(world))?.manners?.shown).toBeNull();
  });

  it("given an answer in time, then the timeout starts anew", async () => {
    const world = await thinking(productWithOffers());
    await hesitate(world);
    await world.advance(9 * second);
    await tap(world, "Something else");
    await world.advance(9 * second);
    expect(await agentOf(world)).toBe("proactive_assistance");
    await world.advance(2 * second);
    expect(await agentOf(world)).toBe("thinking");
    expect(events(world)).not.toContain("offer.ignored");
  });
});
