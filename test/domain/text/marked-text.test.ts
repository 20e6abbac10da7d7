import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { piecesOf, withoutMarks } from "../../../lambdas/domain/text/marked-text.ts";

/** Texts that are full of what might be marks. */
const starry = fc
  .array(fc.constantFrom("*", "**", "***", " ", "\n", "\r\n", "a", "Save", "\ud83d", "\ude00", "<b>"), {
    maxLength: 14,
  })
  .map((pieces) => pieces.join(""));

/** With every label in brackets. */
const read = (text: string) =>
  piecesOf(text)
    .map((piece) => (piece.marked ? `[${piece.text}]` : piece.text))
    .join("");

describe("a marked text", () => {
  test.each([
    ["Press **Save**.", "Press [Save]."],
    ["**Save** or **Save as**", "[Save] or [Save as]"],
    ["**Save****Cancel**", "[Save][Cancel]"],
    ["the **a*b** key", "the [a*b] key"],
    ["2 ** 3 is 8, press **=**", "2 ** 3 is 8, press [=]"],
  ])("%s: labels are what stands between marks", (text, expected) => {
    expect(read(text)).toBe(expected);
  });

  test.each([
    ["one that opens only", "Press **Save"],
    ["one that closes on another line", "Press **Save\nor** not"],
    ["spaces inside", "2 ** 3 ** 4"],
    ["nothing inside", "**** and ** **"],
    ["one star", "*Save*"],
    ["none", ""],
  ])("is left as it is where its marks are none: %s", (_, text) => {
    expect(read(text)).toBe(text);
    expect(withoutMarks(text)).toBe(text);
  });

  test("loses nothing but marks, whole pairs of them, and no label runs over a line's end", () => {
    fc.assert(
      fc.property(starry, (text) => {
        const pieces = piecesOf(text);
        const again = pieces.map((piece) => (piece.marked ? `**${piece.text}**` : piece.text)).join("");
        expect(again).toBe(text.toWellFormed());
        expect(pieces.every((piece) => piece.text !== "")).toBe(true);
        expect(pieces.every((piece) => !piece.marked || !/[\r\n]|^\s|\s$/.test(piece.text))).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test("is read in the time of its length, however many marks are begun", () => {
    const text = "**a ".repeat(50_000);
    expect(withoutMarks(text)).toBe(text);
  });
});
