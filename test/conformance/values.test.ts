import { describe, expect, it } from "vitest";
import { decode, isSame } from "./values.ts";

describe("values of the vectors", () => {
  it("spell the numbers that JSON has no word for", () => {
    expect(decode({ at: [{ $float: "-Infinity" }, { $float: "NaN" }] })).toEqual({
      at: [Number.NEGATIVE_INFINITY, Number.NaN],
    });
  });

  it("keep an object that only looks like such a number", () => {
    expect(decode({ $float: "soon" })).toEqual({ $float: "soon" });
    expect(decode({ $float: "NaN", b: 1 })).toEqual({ $float: "NaN", b: 1 });
  });

  it("are the same whatever the order of keys, with or without a key that has no value", () => {
    expect(isSame({ a: 1, b: [Number.NaN, 0] }, { b: [Number.NaN, -0], a: 1, c: undefined })).toBe(true);
  });

  it.each([
    [{ a: null }, {}],
    ["1", 1],
    [
      [1, 2],
      [2, 1],
    ],
    [{ a: { b: 1 } }, { a: { b: 2 } }],
    [[], {}],
  ])("tells %j and %j apart", (one, other) => {
    expect(isSame(one, other)).toBe(false);
  });
});
