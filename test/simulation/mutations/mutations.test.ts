import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { mutated } from "./mutation.ts";
import { mutations } from "./mutations.ts";

describe("a mutation", () => {
  it.each(mutations.map((mutation) => [mutation.name, mutation] as const))(
    "%s still finds its place",
    (_, mutation) => {
      const text = readFileSync(mutation.file, "utf8");
      expect(mutated(text, mutation)).not.toBe(text);
    },
  );

  it("given a place that is there twice, then it is refused", () => {
    const mutation = { name: "m", file: "f", find: "a", replace: "b", breaks: "nothing" };
    expect(() => mutated("a a", mutation)).toThrow('Mutation "m" finds its place 2 times in f');
  });
});
