import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { hash, shortHash } from "../../../lambdas/domain/actor/hash.ts";

/** Waited out only by a machine that is busy with much else. */
vi.setConfig({ testTimeout: 60_000 });

describe("a hash", () => {
  it("tells apart texts that differ in half a character only, which UTF-8 cannot write", () => {
    const texts = ["\ud800", "\ud801", "\udc00", "\ufffd", "\ufffd\ufffd", "a\ud800", "\ud800a"];
    expect(new Set(texts.map((text) => hash(text))).size).toBe(texts.length);
    expect(new Set(texts.map((text) => shortHash("s", text))).size).toBe(texts.length);
  });

  it("tells apart how a text is cut into parts", () => {
    const parts = fc.array(fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom("\ud800", "1:a", "\ud800:")), {
      maxLength: 4,
    });
    fc.assert(
      fc.property(parts, parts, (some, others) => {
        expect(hash(...some) === hash(...others)).toBe(JSON.stringify(some) === JSON.stringify(others));
      }),
      { seed: 4, numRuns: 500 },
    );
  });

  it("is what it was, for every text that UTF-8 can write: keys are made of it", () => {
    expect(hash("session-1")).toBe("rzB8557B5KKDmOyRqfo9koyaSVkLYsQl8W3RKYRPgGY");
    expect(hash("external", "Zo\u00eb 😀")).toBe("2sR1XO2Hijq7ULJJG8heerX5kElDsw1rNwtoVZ9NLGA");
  });
});
