import { expect, it } from "vitest";
import { createWorld } from "../support/world.ts";

it("given a turn that died between a note's row and its item, when the note is looked for, then it is found", async () => {
  const world = createWorld();
  await world.act("s1", ["a"]);
  await world.advance(1_000);
  world.chat.failNext(["answer-lost"], "postNote");
  await world.write("c1");
  await world.work();
  const [posted] = world.chat.notes;
  const row = { from: 1, through: 1, partId: posted?.partId ?? "", conversationId: "c1", postedAt: world.clock.now() };
  const halfCommit = {
    version: -1,
    loadedAt: 0,
    state: {},
    expiresAt: 0,
    rows: [],
    notes: [row],
    summaries: [],
    pageRows: [],
  };
  expect(await world.store.commit({ kind: "session", productId: "acme", sessionId: "s1" }, halfCommit)).toBe(
    "conflict",
  );

  await world.advance(60_000);

  expect(world.chat.notes).toHaveLength(1);
  expect(world.chat.notes[0]?.partId).toBe(row.partId);
});
