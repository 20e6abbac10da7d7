import { describe, expect, it } from "vitest";
import { readCommand } from "./options.ts";

describe("the options of npm run simulate", () => {
  it("given none, then two thousand seeds from the first, on two threads", () => {
    expect(readCommand([])).toEqual({ kind: "seeds", start: 1, seeds: 2_000, threads: 2 });
  });

  it("given a seed, then that one", () => {
    expect(readCommand(["--seed", "64"])).toEqual({ kind: "seed", seed: 64 });
  });

  it("given mutations, then all of them, or one", () => {
    expect(readCommand(["--mutations"])).toEqual({ kind: "mutations", seeds: 1_000, only: undefined });
    expect(readCommand(["--mutations", "--only", "wrong-order", "--seeds", "10"])).toEqual({
      kind: "mutations",
      seeds: 10,
      only: "wrong-order",
    });
  });

  it.each([
    [["--seeds", "many"], "--seeds must be a whole number above 0; received many"],
    [["--start", "0"], "--start must be a whole number above 0; received 0"],
    [["--only", "wrong-order"], "--only names a mutation: it needs --mutations"],
    [["--sedes", "3"], "Unknown option '--sedes'"],
  ])("given %j, then it says what is wrong", (args, problem) => {
    expect(readCommand(args)).toMatchObject({ kind: "wrong", problem: expect.stringContaining(problem) });
  });

  it("given --help, then that", () => {
    expect(readCommand(["--help", "--seeds", "1"])).toEqual({ kind: "help" });
  });
});
