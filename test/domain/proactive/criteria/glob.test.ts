import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { matchesGlob, walkGlob } from "../../../../lambdas/domain/proactive/criteria/glob.ts";

describe("a glob", () => {
  it.each([
    ["https://app/projects/*", "https://app/projects/:id", true],
    ["https://app/projects/*", "https://app/projects/", true],
    ["https://app/projects/*", "https://app/projects/:id/edit", false],
    ["**/edit", "https://app/projects/:id/edit", true],
    ["**/projects/**", "https://app/projects/", true],
    ["**/projects/**", "https://app/project/", false],
    ["/a?c", "/abc", true],
    ["/a?c", "/a/c", false],
    ["/a?c", "/a😀c", true],
    ["/a***c", "/a/b/c", true],
    ["", "", true],
    ["", "a", false],
    ["*", "", true],
    ["(a+)+$", "aaa", false],
    ["/A", "/a", false],
  ])("given %s and %s, then %s", (pattern, text, expected) => {
    expect(matchesGlob(pattern, text)).toBe(expected);
  });

  const piece = fc.constantFrom("a", "/", "*", "**", "?", "😀");
  const text = fc.array(fc.constantFrom("a", "/", "b", "😀"), { maxLength: 12 }).map((all) => all.join(""));
  const pattern = fc.array(piece, { maxLength: 8 }).map((all) => all.join(""));

  it("given any pattern, then it matches what the same regular expression matches", () => {
    const source = (glob: string) =>
      glob.replaceAll(/\*{2,}|\*|\?/g, (wild) => (wild === "?" ? "[^/]" : wild === "*" ? "[^/]*" : "[^]*"));
    fc.assert(
      fc.property(pattern, text, (glob, given) => {
        expect(matchesGlob(glob, given)).toBe(new RegExp(`^${source(glob)}$`, "u").test(given));
      }),
      { numRuns: 2_000 },
    );
  });

  it("given any pattern, then the work is at most its length times the text's", () => {
    fc.assert(
      fc.property(pattern, fc.integer({ min: 1, max: 40 }), text, (glob, times, given) => {
        const [long, against] = [glob.repeat(times), given.repeat(times)];
        expect(walkGlob(long, against).steps).toBeLessThanOrEqual([...long].length * [...against].length);
      }),
    );
    expect(walkGlob("*a".repeat(100), "a".repeat(1_000)).steps).toBeLessThanOrEqual(200 * 1_000);
  });
});
