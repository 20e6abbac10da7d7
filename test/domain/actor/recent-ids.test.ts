import { expect, it } from "vitest";
import { hasForgotten, noRecentIds, remember, remembers } from "../../../lambdas/domain/actor/recent-ids.ts";

const ids = (count: number) => Array.from({ length: count }, (_, index) => `id-${index}`);
const rememberAll = (count: number) => ids(count).reduce(remember, noRecentIds);

it("given 32 ids, when another is applied, then the oldest is forgotten and the others are not", () => {
  const recentIds = rememberAll(33);
  expect(ids(33).filter((id) => !remembers(recentIds, id))).toEqual(["id-0"]);
});

it("given fewer than 32 ids, then none can have been forgotten", () => {
  expect(hasForgotten(rememberAll(31))).toBe(false);
  expect(hasForgotten(rememberAll(32))).toBe(true);
});

it("given an id that was never applied, then it is not remembered", () => {
  const recentIds = rememberAll(32);
  const strangers = Array.from({ length: 10_000 }, (_, index) => `stranger-${index}`);
  expect(strangers.filter((id) => remembers(recentIds, id))).toEqual([]);
});

it("given the end of one id and the beginning of the next, then they are not taken for an id", () => {
  // Short forms lie side by side: only whole ones count.
  const [first = "", second = ""] = ids(2).map((id) => remember(noRecentIds, id));
  const shifted = second.slice(1) + first + second.slice(0, 1);
  expect(remembers(first + second, "id-1")).toBe(true);
  expect(remembers(shifted, "id-0")).toBe(false);
});

it("given as many ids as are remembered, then they take up less than 300 bytes", () => {
  expect(Buffer.byteLength(rememberAll(50))).toBeLessThan(300);
});
