import { expect, it } from "vitest";
import { hasForgotten, remember } from "../../../lambdas/domain/actor/recent-ids.ts";

const rememberAll = (count: number) =>
  Array.from({ length: count }, (_, index) => `id-${index}`).reduce<readonly string[]>(remember, []);

it("given 32 ids, when another is applied, then the oldest is forgotten and the others stay in order", () => {
  const ids = rememberAll(33);
  expect(ids).toHaveLength(32);
  expect(ids.at(0)).toBe("id-1");
  expect(ids.at(-1)).toBe("id-32");
});

it("given fewer than 32 ids, then none can have been forgotten", () => {
  expect(hasForgotten(rememberAll(31))).toBe(false);
  expect(hasForgotten(rememberAll(32))).toBe(true);
});
