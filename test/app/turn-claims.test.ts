import { describe, expect, it } from "vitest";
import { claimEnvelope } from "../../lambdas/domain/session/link-request.ts";
import { createWorld, type World } from "../support/world.ts";

const hour = 3_600_000;

/** A page of session s1 says which conversation is its own. */
async function claim(world: World, conversationId: string, vouchedUserId?: string): Promise<void> {
  const request = { product_id: "acme", session_id: "s1", conversation_id: conversationId };
  await world.mailbox.send([claimEnvelope(request, world.clock.now(), vouchedUserId)]);
  await world.advance(1_000);
}

const reads = (world: World) => world.chat.calls.filter(({ operation }) => operation === "readContacts").length;
const links = (world: World) =>
  world.events.published().flatMap(({ type, detail }) => (type === "session.linked" ? [detail.verified] : []));

describe("a conversation that a page claims", () => {
  it("given that it is the user's, then what waited is noted there", async () => {
    const world = createWorld();
    world.chat.openConversation("c1", [{ externalId: "user-1" }]);
    await world.act("s1", ["a"]);
    await claim(world, "c1");
    expect(world.lines("c1")).toEqual(["a"]);
    expect(links(world)).toEqual(["true"]);
  });

  it("given that the page comes before any activity, then it is linked on trust, and asked about once the user is known", async () => {
    const world = createWorld();
    world.chat.openConversation("c1", [{ externalId: "user-1" }]);
    await claim(world, "c1");
    expect(reads(world)).toBe(0);
    await world.act("s1", ["a"]);
    await world.advance(1_000);
    await world.act("s1", ["b"]);
    await world.advance(1_000);
    expect(world.lines("c1")).toEqual(["a", "b"]);
    expect(links(world)).toEqual(["false"]);
    expect(reads(world)).toBe(1);
  });

  it("given a link on trust to a stranger's conversation, when the user is known, then it carries nothing any more", async () => {
    const world = createWorld();
    world.chat.openConversation("c9", [{ externalId: "user-9" }]);
    await claim(world, "c9");
    await world.act("s1", ["a"]);
    await world.advance(1_000);
    await world.write("c1");
    await world.advance(1_000);
    expect(world.lines("c9")).toEqual([]);
    expect(world.lines("c1")).toEqual(["a"]);
  });

  it("given a user who is vouched for, then the link is verified without any activity", async () => {
    const world = createWorld();
    world.chat.openConversation("c1", [{ externalId: "user-1" }]);
    await claim(world, "c1", "user-1");
    expect(links(world)).toEqual(["true"]);
  });

  it("given that it is somebody else's, then it is asked about once, at however many loads of the page", async () => {
    const world = createWorld();
    world.chat.openConversation("c9", [{ externalId: "user-9" }]);
    await world.act("s1", ["a"]);
    for (let load = 0; load < 5; load += 1) {
      await claim(world, "c9");
      await world.advance(hour);
    }
    expect(reads(world)).toBe(1);
    expect(world.chat.notes).toEqual([]);
  });
});
