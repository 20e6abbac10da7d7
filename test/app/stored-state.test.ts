import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { PersonActor, SessionActor } from "../../lambdas/domain/actor/actor.ts";
import type { StoredState } from "../../lambdas/domain/actor/schema.ts";
import { freshSession } from "../../lambdas/domain/session/state.ts";
import { batchOf } from "../support/session.ts";
import { action, createWorld, type World } from "../support/world.ts";

/** As a release of that version left it in the table. A file here never changes; a new version adds one. */
const stored = (name: string): StoredState =>
  JSON.parse(readFileSync(new URL(`../fixtures/state/${name}.json`, import.meta.url), "utf8"));

const session: SessionActor = { kind: "session", productId: "acme", sessionId: "s-stored" };
const person: PersonActor = { kind: "person", productId: "acme", identity: { by: "external", value: "user-1" } };

/** Where the fixtures' clock stands: a note's call came to no definite end, and is to be looked for. */
const NOW = Date.UTC(2026, 0, 1, 0, 0, 6);

/** A world whose table holds this session, with the rows that its counters tell of. */
async function worldWith(state: StoredState): Promise<World> {
  const world = createWorld();
  world.clock.set(NOW);
  const rows = [1, 2].map((n) => ({
    n,
    id: `b-4${n}`,
    acceptedAt: NOW - 6_000,
    actions: [action(`stored ${n}`, NOW / 1_000 - 6)],
  }));
  world.chat.openConversation("c-stored", [{ externalId: "user-1" }]);
  const expiresAt = NOW + 86_400_000;
  await world.store.commit(session, {
    version: 0,
    loadedAt: NOW,
    state,
    expiresAt,
    rows,
    notes: [],
    summaries: [],
    pageRows: [],
  });
  return world;
}

describe.each(["session-v1", "session-v2"])("a session stored as %s", (version) => {
  it("given a note that may not have arrived, when activity comes, then both are posted, in order", async () => {
    const world = await worldWith(stored(version));

    await world.act("s-stored", ["new"]);
    await world.advance(60_000);

    expect(world.lines("c-stored")).toEqual(["stored 2", "new"]);
  });

  it("given a batch that was applied then, when it is delivered again, then it is not applied again", async () => {
    const world = await worldWith(stored(version));

    await world.mailbox.send([{ actor: session, message: batchOf("b-42", ["stored 2"], { acceptedAt: NOW }) }]);
    await world.advance(60_000);

    expect(world.lines("c-stored")).toEqual(["stored 2"]);
    expect(await world.store.load(session, NOW)).toMatchObject({ state: { schema: 2, appended: 2 } });
  });
});

describe("a session stored before it could refuse a conversation", () => {
  it("given none refused then, when a batch names one that is another's, then it is refused, and once only", async () => {
    const { refusedConversationId: _, ...older } = freshSession;
    const world = await worldWith({ ...older, appended: 2, postedThrough: 2 } as StoredState);
    world.chat.openConversation("c-foreign", [{ externalId: "user-2" }]);

    await world.act("s-stored", ["a"], { conversationId: "c-foreign" });
    await world.advance(1_000);
    await world.act("s-stored", ["b"], { conversationId: "c-foreign" });
    await world.advance(1_000);

    expect(world.chat.calls).toEqual([{ operation: "readContacts", conversationId: "c-foreign" }]);
    expect(await world.store.load(session, NOW)).toMatchObject({
      state: { appended: 4, link: null, refusedConversationId: "c-foreign" },
    });
  });
});

describe.each(["person-v1", "person-v2"])("a person stored as %s", (version) => {
  it("given a known session, when the user writes, then the session gets the conversation", async () => {
    const world = createWorld();
    world.clock.set(NOW);
    const expiresAt = NOW + 86_400_000;
    const state = stored(version);
    await world.store.commit(person, {
      version: 0,
      loadedAt: NOW,
      state,
      expiresAt,
      rows: [],
      notes: [],
      summaries: [],
      pageRows: [],
    });

    await world.write("c-new");
    await world.act("s-stored", ["new"]);
    await world.advance(1_000);

    expect(world.lines("c-new")).toEqual(["new"]);
  });
});

describe("a state of a newer version", () => {
  it("given it, when a message comes, then nothing is written, posted or put aside, and the message stays", async () => {
    const newer = { ...stored("session-v2"), schema: freshSession.schema + 1 };
    const world = await worldWith(newer);
    const before = await world.store.load(session, NOW);

    await world.act("s-stored", ["new"]);
    await world.advance(600_000);

    expect(await world.store.load(session, NOW)).toEqual(before);
    expect(world.chat.notes).toEqual([]);
    expect(world.deadLetters.letters()).toEqual([]);
    expect(world.unsettled()).toHaveLength(1);
  });

  it("given it, when the newer version runs again, then the message that waited is applied", async () => {
    const world = await worldWith({ ...stored("session-v2"), schema: freshSession.schema + 1 });
    await world.act("s-stored", ["new"]);
    await world.advance(120_000);

    const { version } = await world.store.load(session, NOW);
    const state = stored("session-v2");
    const expiresAt = NOW + 86_400_000;
    await world.store.commit(session, {
      version,
      loadedAt: NOW,
      state,
      expiresAt,
      rows: [],
      notes: [],
      summaries: [],
      pageRows: [],
    });
    await world.advance(120_000);

    expect(world.lines("c-stored")).toEqual(["stored 2", "new"]);
  });
});
