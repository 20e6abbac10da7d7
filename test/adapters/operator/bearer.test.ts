import { expect, it } from "vitest";
import { verifyBearer } from "../../../lambdas/adapters/operator/bearer.ts";

it.each([
  ["the key", "Bearer one", ["one"], true],
  ["either key of a rotation", "bearer two", ["one", "two"], true],
  ["another key", "Bearer three", ["one", "two"], false],
  ["no header", undefined, ["one"], false],
  ["another scheme", "Basic one", ["one"], false],
  ["no key at all", "Bearer no key is set", [], false],
  ["the decoy where none is set", "Bearer nokeyisset", [], false],
  ["an empty key", "Bearer ", [""], false],
] as const)("given %s", (_, header, keys, expected) => {
  expect(verifyBearer(header, keys)).toBe(expected);
});
