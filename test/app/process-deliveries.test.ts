import { describe, expect, it } from "vitest";
import { processDeliveries, redeliveryDelayS } from "../../lambdas/app/process-deliveries.ts";
import { createWorld } from "../support/world.ts";

/** A store that fails for one session, and the receipts that were postponed, with their delays in seconds. */
async function createWorldWithout(sessionId: string) {
  const world = createWorld();
  const postponed: (readonly [readonly string[], number])[] = [];
  const { load } = world.ports.store;
  Object.assign(world.ports.store, {
    load: async (...args: Parameters<typeof load>) => {
      if (args[0].kind === "session" && args[0].sessionId === sessionId) throw new Error("throttled");
      return load(...args);
    },
  });
  Object.assign(world.ports.redelivery, {
    postpone: async (receipts: readonly string[], delayS: number) => void postponed.push([receipts, delayS]),
  });
  const deliver = async (id: string, receives = 1) => ({
    ...world.toDelivery(await world.act(id, ["a"])),
    receives,
  });
  return { ...world, deliver, postponed };
}

const idsOf = (deliveries: readonly { readonly messageId: string }[]) => deliveries.map(({ messageId }) => messageId);

describe("a batch of several groups", () => {
  it("given one group that fails, then all of it comes again, for the same time, and the others are done", async () => {
    const world = await createWorldWithout("s2");
    const [a, b, c, d] = [
      await world.deliver("s1"),
      await world.deliver("s2"),
      await world.deliver("s2"),
      await world.deliver("s3"),
    ];
    expect(await processDeliveries(world.ports, [a, b, c, d], () => 30_000)).toEqual(idsOf([b, c]));
    expect(world.postponed).toEqual([[[b.receipt, c.receipt], 2]]);
  });

  it("given that they cannot be postponed, then they come again all the same", async () => {
    const world = await createWorldWithout("s1");
    Object.assign(world.ports.redelivery, { postpone: async () => Promise.reject(new Error("down")) });
    const failing = await world.deliver("s1");
    expect(await processDeliveries(world.ports, [failing], () => 30_000)).toEqual([failing.messageId]);
  });

  it("given a head that was delivered before, when it is done, then what stands behind it comes again at once", async () => {
    const world = await createWorldWithout("none");
    const group = [await world.deliver("s1", 2), await world.deliver("s1", 2), await world.deliver("s1", 1)];
    expect(await processDeliveries(world.ports, group, () => 30_000)).toEqual(idsOf(group.slice(1)));
    expect(world.postponed).toEqual([[group.slice(1).map(({ receipt }) => receipt), 0]]);
  });

  it("given a head that was delivered before, when it fails, then all of the group waits with it", async () => {
    const world = await createWorldWithout("s1");
    const group = [await world.deliver("s1", 3), await world.deliver("s1", 1)];
    expect(await processDeliveries(world.ports, group, () => 30_000)).toEqual(idsOf(group));
    expect(world.postponed).toEqual([[group.map(({ receipt }) => receipt), 7]]);
  });
});

describe("the delay of a redelivery", () => {
  it("grows from seconds to five minutes, with jitter", () => {
    expect([1, 2, 3, 4, 8, 9, 100].map((receives) => redeliveryDelayS(receives, 0.999_999))).toEqual([
      2, 4, 8, 16, 256, 300, 300,
    ]);
    expect(redeliveryDelayS(9, 0)).toBe(225);
  });

  it("leaves infrastructure hours to recover before a message that may be received 100 times is dead", () => {
    const receives = Array.from({ length: 100 }, (_, index) => index + 1);
    const shortestS = receives.reduce((sum, count) => sum + redeliveryDelayS(count, 0), 0);
    expect(shortestS).toBeGreaterThan(5 * 3_600);
  });
});
