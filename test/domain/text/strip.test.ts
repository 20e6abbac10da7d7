import { expect, it } from "vitest";
import { strip } from "../../../lambdas/domain/text/strip.ts";

/** What `chr(c).strip() == ""` says in Python, over all code points. */
const trimmed = new Set([
  ...[0x09, 0x0a, 0x0b, 0x0c, 0x0d, 0x1c, 0x1d, 0x1e, 0x1f, 0x20, 0x85, 0xa0, 0x1680],
  ...Array.from({ length: 11 }, (_, at) => 0x2000 + at),
  ...[0x2028, 0x2029, 0x202f, 0x205f, 0x3000],
]);

it("takes away at both ends what Python takes for white space, and nothing else", () => {
  for (let code = 0; code <= 0xffff; code += 1) {
    const character = String.fromCharCode(code);
    const left = strip(`${character}a${character}b${character}`);
    const wanted = trimmed.has(code) ? `a${character}b` : `${character}a${character}b${character}`;
    if (left !== wanted) expect.fail(`U+${code.toString(16)}`);
  }
});

it("leaves nothing of white space alone", () => {
  expect(strip(" \u0085\n")).toBe("");
  expect(strip("")).toBe("");
});
