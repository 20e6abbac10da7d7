import { describe, expect, it } from "vitest";
import type { ConversationOrigin } from "../../lambdas/app/ports.ts";
import { agentOf, detailOf, eventTypes, hesitate, pingPong, productWithOffers, stateOf } from "../support/offers.ts";
import { createWorld, type World } from "../support/world.ts";

const second = 1_000;

const ours: ConversationOrigin = { openedByUs: true, personWrote: false };

/** A session whose page named the conversation: the platform says that it is its user's, and nobody says who began it. */
async function claimedWorld(origin: ConversationOrigin, settings: object = {}): Promise<World> {
  const world = createWorld(productWithOffers(pingPong, settings));
  world.chat.openConversation("c1", [{ externalId: "user-1" }], origin);
  await world.act("s1", ["signed in"], { conversationId: "c1" });
  await world.advance(1 * second);
  expect((await stateOf(world))?.link).toMatchObject({ verified: true, userWrote: false });
  await hesitate(world);
  expect(await agentOf(world)).toBe("proactive_assistance");
  return world;
}

const deleted = (world: World) => world.chat.deletions.map(({ conversationId }) => conversationId);

describe("an ignored offer in a conversation that we opened and nobody wrote in", () => {
  it("takes the conversation away first, then the agent thinks again, and the session has no conversation", async () => {
    const world = await claimedWorld(ours);
    await world.advance(11 * second);
    expect(deleted(world)).toEqual(["c1"]);
    expect(await agentOf(world)).toBe("thinking");
    expect(await stateOf(world)).toMatchObject({ link: null, goneConversationId: "c1" });
    expect(eventTypes(world)).toContain("offer.ignored");
  });

  it("given a platform that is down, then nothing changes until it is done", async () => {
    const world = await claimedWorld(ours);
    world.chat.failAll("outage");
    await world.advance(40 * second);
    expect(await agentOf(world)).toBe("proactive_assistance");
    world.chat.failAll(undefined);
    await world.advance(60 * second);
    expect(deleted(world)).toEqual(["c1"]);
    expect(await agentOf(world)).toBe("thinking");
  });

  it("given an answer that is lost, then deleting it again does no harm", async () => {
    const world = await claimedWorld(ours);
    world.chat.failNext(["answer-lost"], "deleteConversation");
    await world.advance(40 * second);
    expect(await agentOf(world)).toBe("thinking");
    expect(await stateOf(world)).toMatchObject({ link: null });
  });

  it("given the user who writes while it waits to be taken away, then it stays, and the help goes on", async () => {
    const world = await claimedWorld(ours);
    world.chat.failAll("outage");
    await world.advance(11 * second);
    world.chat.failAll(undefined);
    world.chat.personWrites("c1");
    await world.write("c1", { text: "Wait, I am here" });
    await world.advance(5 * second);
    expect(deleted(world)).toEqual([]);
    expect(await agentOf(world)).toBe("proactive_assistance");
  });

  it("given `never`, then nothing is taken away", async () => {
    const world = await claimedWorld(ours, { idle_teardown: "never" });
    await world.advance(11 * second);
    expect(deleted(world)).toEqual([]);
    expect(await agentOf(world)).toBe("thinking");
  });
});

describe("an ignored offer in anybody else's conversation", () => {
  it.each([
    ["that a person began", { openedByUs: false, personWrote: true }],
    ["that we began, and a person wrote in", { openedByUs: true, personWrote: true }],
    ["that another admin began", { openedByUs: false, personWrote: false }],
  ])("given one %s, then it is just over", async (_, origin) => {
    const world = await claimedWorld(origin);
    await world.advance(11 * second);
    expect(deleted(world)).toEqual([]);
    expect(await agentOf(world)).toBe("thinking");
    expect(detailOf(world, "offer.ignored")).toBeDefined();
    expect((await stateOf(world))?.link?.conversationId).toBe("c1");
  });

  it("given `always`, then it is taken away all the same", async () => {
    const world = await claimedWorld({ openedByUs: false, personWrote: true }, { idle_teardown: "always" });
    await world.advance(11 * second);
    expect(deleted(world)).toEqual(["c1"]);
  });
});
