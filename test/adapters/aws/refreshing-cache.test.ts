import { describe, expect, test } from "vitest";
import { createRefreshingCache } from "../../../lambdas/adapters/aws/refreshing-cache.ts";
import { createManualClock } from "../../support/memory/manual-clock.ts";

const TTL_MS = 60_000;

/** A cache of numbered loads, each settled by the test. */
function openCache(unit = 0) {
  const clock = createManualClock();
  const loads: PromiseWithResolvers<string>[] = [];
  const stale: string[] = [];
  const cache = createRefreshingCache<string>({
    ttlMs: TTL_MS,
    clock,
    random: { unit: () => unit, nonce: () => "" },
    onStale: (key) => stale.push(key),
    load: () => {
      const load = Promise.withResolvers<string>();
      loads.push(load);
      return load.promise;
    },
  });
  return { cache, clock, loads, stale };
}

describe("a refreshing cache", () => {
  test("loads once for all who ask meanwhile", async () => {
    const { cache, loads } = openCache();
    const asked = [cache.get("key"), cache.get("key")];
    loads[0]?.resolve("value");
    expect(await Promise.all(asked)).toEqual(["value", "value"]);
    expect(loads).toHaveLength(1);
  });

  test("keeps keys apart", async () => {
    const { cache, loads } = openCache();
    const asked = [cache.get("one"), cache.get("other")];
    loads[1]?.resolve("of other");
    loads[0]?.resolve("of one");
    expect(await Promise.all(asked)).toEqual(["of one", "of other"]);
  });

  test.each([
    { unit: 0, usedForMs: TTL_MS },
    { unit: 0.5, usedForMs: TTL_MS * 0.9 },
  ])("uses a value for its time less the jitter ($unit)", async ({ unit, usedForMs }) => {
    const { cache, clock, loads } = openCache(unit);
    const first = cache.get("key");
    loads[0]?.resolve("old");
    await first;
    clock.advance(usedForMs - 1);
    expect(await cache.get("key")).toBe("old");
    clock.advance(1);
    const second = cache.get("key");
    loads[1]?.resolve("new");
    expect(await second).toBe("new");
  });

  test("keeps what was set while something older was being loaded", async () => {
    const { cache, loads } = openCache();
    const asked = cache.get("key");
    cache.set("key", "set");
    loads[0]?.resolve("older");
    expect(await asked).toBe("set");
    expect(await cache.get("key")).toBe("set");
    expect(loads).toHaveLength(1);
  });

  test("serves an old value when loading fails, and tries again five seconds later", async () => {
    const { cache, clock, loads, stale } = openCache();
    const first = cache.get("key");
    loads[0]?.resolve("old");
    await first;
    clock.advance(TTL_MS);
    const second = cache.get("key");
    loads[1]?.reject(new Error("down"));
    expect(await second).toBe("old");
    clock.advance(4_999);
    expect(await cache.get("key")).toBe("old");
    expect(stale).toEqual(["key"]);
    clock.advance(1);
    const third = cache.get("key");
    loads[2]?.resolve("new");
    expect(await third).toBe("new");
  });

  test("fails when there is no value to serve, and is not spoilt by it", async () => {
    const { cache, loads } = openCache();
    const first = cache.get("key");
    loads[0]?.reject(new Error("down"));
    await expect(first).rejects.toThrow("down");
    const second = cache.get("key");
    loads[1]?.resolve("value");
    expect(await second).toBe("value");
  });
});
