import { Buffer } from "node:buffer";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { codePointLength, compareCodePoints, cutCodePoints } from "../../../lambdas/domain/text/code-points.ts";

const text = fc.string({ unit: "binary" });

describe("a text by its code points", () => {
  it("is as long as it has characters, whatever they take in memory", () => {
    expect(codePointLength("a👍é")).toBe(3);
    expect(codePointLength("")).toBe(0);
  });

  it("is cut between characters, never within one", () => {
    expect(cutCodePoints("👍👍👍", 2)).toBe("👍👍");
    fc.assert(
      fc.property(text, fc.nat(20), (whole, most) => {
        const cut = cutCodePoints(whole, most);
        expect(whole.startsWith(cut)).toBe(true);
        expect(codePointLength(cut)).toBe(Math.min(most, codePointLength(whole)));
      }),
    );
  });

  it("comes before another as its bytes in UTF-8 do", () => {
    expect(["\u{1f44d}", "\uff01", "a"].toSorted(compareCodePoints)).toEqual(["a", "\uff01", "\u{1f44d}"]);
    fc.assert(
      fc.property(text, text, (one, other) => {
        expect(Math.sign(compareCodePoints(one, other))).toBe(Buffer.compare(Buffer.from(one), Buffer.from(other)));
      }),
    );
  });
});
