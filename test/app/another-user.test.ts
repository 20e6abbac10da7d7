import { expect, test } from "vitest";
import { stateOf } from "../support/offers.ts";
import { createWorld, type World } from "../support/world.ts";

/** Jane acted in the browser and wrote; then Joe signed in there, and the page kept the session's id. */
async function sharedBrowser(): Promise<World> {
  const world = createWorld({ answers: { enabled: true }, summary_threshold: 3 });
  await world.act("s1", ["Jane opened Reports"], { userId: "jane" });
  await world.write("c-jane", { id: "q-jane", userId: "jane", text: "How?" });
  await world.advance(1_000);
  world.jobs.drain();
  await world.act("s1", ["Joe opened Billing"], { userId: "joe" });
  await world.advance(1_000);
  return world;
}

test("given another user in the same session, then what the first one did is in no context of theirs", async () => {
  const world = await sharedBrowser();
  expect(await stateOf(world)).toMatchObject({ appended: 2, forgottenThrough: 1, answering: { questions: [] } });
});

test("given another user, when the first one writes from elsewhere, then the session does not answer them", async () => {
  const world = await sharedBrowser();
  await world.write("c-jane", { id: "q-jane-2", userId: "jane", text: "And now?" });
  await world.advance(1_000);
  expect(world.jobs.queued()).toEqual([]);
});

test("given another user, when the first one writes in a new conversation, then the session is not linked to it", async () => {
  const world = createWorld();
  await world.act("s1", ["Jane opened Reports"], { userId: "jane" });
  await world.act("s1", ["Joe opened Billing"], { userId: "joe" });
  await world.advance(1_000);
  await world.write("c-jane", { userId: "jane" });
  await world.advance(1_000);
  expect((await stateOf(world))?.link).toBeNull();
  expect(world.chat.notes).toEqual([]);
});

test("given a user who was known by an address only, when they sign in, then nothing is forgotten", async () => {
  const world = createWorld();
  await world.act("s1", ["Opened Reports"], { userId: "", email: "jane@example.com" });
  await world.act("s1", ["Opened Billing"], { userId: "jane" });
  await world.work();
  expect((await stateOf(world))?.forgottenThrough).toBe(0);
});
