import { describe, expect, it } from "vitest";
import { contains } from "../../eval/phrase.ts";

describe("a phrase of a fact", () => {
  it.each([
    ["in other letters", "They EXPORTED it.", "exported it"],
    ["over a line's end", "They exported\n  it.", "exported it"],
    ["between quotation marks and emphasis", "Clicked “**Export CSV**”.", 'clicked "export csv"'],
    ["with an ending", "They tried archiving it.", "archiv"],
    ["with words in between", "The export failed, and then failed twice.", "export … twice"],
    ["with a number and a point", "It came to 1.5 GB twice.", "1.5 gb … twice"],
    ["that begins with a sign", "Posted to #support.", "#support"],
  ])("is found %s", (_, text, phrase) => {
    expect(contains(text, phrase)).toBe(true);
  });

  it.each([
    ["in the middle of a word", "The network failed.", "two … failed"],
    ["across sentences", "The export failed. They clicked twice.", "export … twice"],
    ["too far away", `The export ${"went on and on ".repeat(10)}twice.`, "export … twice"],
    ["by a point that stands for any character", "It came to 1x5 GB.", "1.5 gb"],
  ])("is not found %s", (_, text, phrase) => {
    expect(contains(text, phrase)).toBe(false);
  });
});
