import { describe, expect, it } from "vitest";
import { foldCase } from "../../../lambdas/domain/text/fold-case.ts";
import table from "../../fixtures/text/case-folding.json" with { type: "json" };

/** Letters that got their other case after the table's edition of Unicode. */
const younger = [
  [0x1c89, 0x1c89],
  [0xa7cb, 0xa7cc],
  [0xa7ce, 0xa7d5],
  [0xa7da, 0xa7dc],
  [0x10d50, 0x10d65],
  [0x16ea0, 0x16eb8],
] as const;

const isYounger = (code: number) => younger.some(([first, last]) => code >= first && code <= last);

/** What every code point that folds to something else folds to, as Python's `str.casefold` says. */
function readTable(): ReadonlyMap<number, string> {
  const folds = new Map(Object.entries(table.several).map(([code, text]) => [Number.parseInt(code, 16), text]));
  for (const [first = 0, last = 0, step = 1, distance = 0] of table.runs) {
    for (let code = first; code <= last; code += step) folds.set(code, String.fromCodePoint(code + distance));
  }
  return folds;
}

describe("case folding", () => {
  it("is Unicode's own for every code point", () => {
    const folds = readTable();
    const wrong: string[] = [];
    for (let code = 0; code <= 0x10ffff; code += 1) {
      const character = String.fromCodePoint(code);
      if (!isYounger(code) && foldCase(character) !== (folds.get(code) ?? character)) wrong.push(code.toString(16));
    }
    expect(folds.size).toBe(1_530);
    expect(wrong).toEqual([]);
  });

  it.each([
    ["STRASSE", "straße"],
    ["FILE", "ﬁle"],
    ["ΟΔΥΣΣΕΥΣ", "οδυσσευς"],
    ["İstanbul", "i\u0307stanbul"],
    ["\u212A", "k"],
    ["ДА", "да"],
  ])("takes %s and %s for the same", (one, other) => {
    expect(foldCase(one)).toBe(foldCase(other));
  });

  it.each([
    ["ı", "i"],
    ["İ", "i"],
    ["caf\u00e9", "cafe\u0301"],
  ])("takes %s and %s for different", (one, other) => {
    expect(foldCase(one)).not.toBe(foldCase(other));
  });
});
