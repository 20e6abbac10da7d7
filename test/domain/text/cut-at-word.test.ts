import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { codePointLength } from "../../../lambdas/domain/text/code-points.ts";
import { cutAtWord } from "../../../lambdas/domain/text/cut-at-word.ts";

describe("a text cut at a word", () => {
  it.each([
    ["one that fits", "one two", 7, "one two"],
    ["one that is too long", "one two three", 9, "one two…"],
    ["one that is one long word", "😀😀😀😀😀", 4, "😀😀😀…"],
    ["one whose only space is at its beginning", "a bcdefghijkl", 8, "a bcdef…"],
  ])("given %s, then whole words stay where there are some", (_, text, most, cut) => {
    expect(cutAtWord(text, most)).toBe(cut);
  });

  it("is never longer than it may be, and begins as the text does", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.integer({ min: 1, max: 40 }), (text, most) => {
        const cut = cutAtWord(text, most);
        expect(codePointLength(cut)).toBeLessThanOrEqual(most);
        expect(text.startsWith(cut === text ? cut : cut.slice(0, -1))).toBe(true);
      }),
    );
  });
});
