import { describe, expect, it } from "vitest";
import { processDeliveries } from "../../lambdas/app/process-deliveries.ts";
import { partitionKey } from "../../lambdas/domain/actor/keys.ts";
import type { SessionState } from "../../lambdas/domain/session/state.ts";
import { createWorld, type World } from "../support/world.ts";

const minute = 60_000;
const session = (sessionId: string) => ({ kind: "session", productId: "acme", sessionId }) as const;
const stateOf = async (world: World, sessionId: string) =>
  (await world.store.load(session(sessionId), world.clock.now())).state as SessionState;

/** A worker that dies of every batch that says `poison`. */
function createPoisonedWorld() {
  const world = createWorld({ pre_link_window_s: 3_600 });
  world.crasher.killBy((name, args) => name === "store.commit" && JSON.stringify(args).includes("poison"));
  return world;
}

const quarantined = (world: World) => world.deadLetters.letters().map(({ body }) => JSON.parse(body).message.id);

describe("a message that kills the worker", () => {
  it("given that it is the head of its group, then it alone is put aside, after two trials on record", async () => {
    const world = createPoisonedWorld();
    await world.act("s1", ["poison"], { id: "killer" });
    await world.act("s1", ["b"]);
    await world.advance(3 * minute - 1);
    expect(quarantined(world)).toEqual([]);
    await world.advance(1);
    await world.write("c1");
    await world.advance(minute);
    expect(world.deadLetters.letters()).toMatchObject([
      { group: partitionKey(session("s1")), reason: "the worker died of it" },
    ]);
    expect(quarantined(world)).toEqual(["killer"]);
    expect(world.lines("c1")).toEqual(["b"]);
    expect(world.unsettled()).toEqual([]);
  });

  it("given that it stands behind others of its group, then it alone is put aside", async () => {
    const world = createPoisonedWorld();
    await world.act("s1", ["a"]);
    await world.act("s1", ["b"]);
    await world.act("s1", ["poison"], { id: "killer" });
    await world.act("s1", ["d"]);
    await world.advance(10 * minute);
    await world.write("c1");
    await world.advance(minute);
    expect(quarantined(world)).toEqual(["killer"]);
    expect(world.lines("c1")).toEqual(["a", "b", "d"]);
  });

  it("given groups that are delivered with it again and again, then none of theirs is put aside", async () => {
    const world = createPoisonedWorld();
    for (const sessionId of ["s1", "s2", "s3"]) await world.act(sessionId, ["fine"], { userId: sessionId });
    await world.act("s4", ["poison"], { id: "killer", userId: "s4" });
    for (const sessionId of ["s5", "s6", "s7"]) await world.act(sessionId, ["fine"], { userId: sessionId });
    await world.advance(15 * minute);
    expect(quarantined(world)).toEqual(["killer"]);
    for (const sessionId of ["s1", "s2", "s3", "s5", "s6", "s7"]) {
      expect((await stateOf(world, sessionId)).appended).toBe(1);
    }
    expect(world.unsettled()).toEqual([]);
  });

  it("given that it died in a call of its turn, when it is put aside, then the note is looked for by an alarm", async () => {
    const world = createWorld({ pre_link_window_s: 3_600 });
    await world.act("s1", ["a"]);
    await world.work();
    let deadly = true;
    world.crasher.killBy((name) => deadly && name === "platform.postNote");
    await world.write("c1");
    await world.advance(3 * minute);
    expect(quarantined(world)).toEqual([expect.stringMatching(/>link$/)]);
    deadly = false;
    await world.advance(5 * minute);
    expect(world.lines("c1")).toEqual(["a"]);
  });
});

describe("trouble that is caught", () => {
  it("given many times, then it is no death: the message comes back until it is done", async () => {
    const world = createWorld();
    let down = true;
    const commit = world.ports.store.commit;
    Object.assign(world.ports.store, {
      commit: async (...args: Parameters<typeof commit>) => {
        if (down && args[1].rows.length > 0) throw new Error("the store is down");
        return commit(...args);
      },
    });
    await world.act("s1", ["a"]);
    await world.advance(30 * minute);
    down = false;
    await world.write("c1");
    await world.advance(10 * minute);
    expect(world.deadLetters.letters()).toEqual([]);
    expect(world.unsettled()).toEqual([]);
    expect((await stateOf(world, "s1")).suspect).toBeNull();
  });
});

describe("a trial on record", () => {
  it("given a long retention, then the session is not forgotten sooner for it", async () => {
    const world = createWorld({ retention_s: 30 * 86_400 });
    await world.act("s1", ["a"]);
    world.crasher.arm({ call: 2, side: "after" });
    await world.advance(2 * minute);
    world.clock.advance(29 * 86_400_000);
    expect(await stateOf(world, "s1")).toMatchObject({ appended: 1, suspect: null });
  });

  it("given a worker near its end, then the message is given back untried", async () => {
    const world = createWorld();
    const delivery = { ...world.toDelivery(await world.act("s1", ["a"])), receives: 2 };
    expect(await processDeliveries(world.ports, [delivery], () => 4_000)).toEqual([delivery.messageId]);
    expect(await world.store.load(session("s1"), world.clock.now())).toEqual({ state: undefined, version: 0 });
  });
});
