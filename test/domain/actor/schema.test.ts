import { describe, expect, it } from "vitest";
import { readState, type StoredState } from "../../../lambdas/domain/actor/schema.ts";
import { unknownPerson } from "../../../lambdas/domain/person/state.ts";
import { freshSession } from "../../../lambdas/domain/session/state.ts";

/** Two upgrades, as a third version of a state would have them. */
const steps = [
  (older: StoredState) => ({ ...older, schema: 2, colour: "grey" }),
  (older: StoredState) => ({ ...older, schema: 3, size: 1 }),
];

describe("a stored state", () => {
  it("given the current version, then it is read as it stands", () => {
    const stored = { schema: 3, colour: "red", size: 2 };
    expect(readState("session", stored, steps)).toBe(stored);
  });

  it("given an older version, then each version's step is taken from there", () => {
    expect(readState("session", { schema: 1 }, steps)).toEqual({ schema: 3, colour: "grey", size: 1 });
    expect(readState("session", { schema: 2, colour: "red" } as StoredState, steps)).toEqual({
      schema: 3,
      colour: "red",
      size: 1,
    });
  });

  it("given a newer version, then it is not read at all", () => {
    expect(readState("session", { schema: 4 }, steps)).toBe("newer");
  });

  it.each([{}, { schema: "1" }, { schema: null }])("given %j, which names no version, then it is refused", (stored) => {
    expect(() => readState("session", stored as StoredState, steps)).toThrow("names no version");
  });

  it.each([
    ["session", freshSession],
    ["person", unknownPerson],
  ] as const)("of a %s is written in the version that is read as current", (kind, fresh) => {
    expect(readState(kind, fresh)).toBe(fresh);
    expect(readState(kind, { schema: fresh.schema + 1 })).toBe("newer");
  });
});
