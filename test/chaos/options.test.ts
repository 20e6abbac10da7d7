import { describe, expect, it } from "vitest";
import { isWhole, type Options, readCommand } from "../../chaos/options.ts";

function optionsOf(...args: readonly string[]): Options {
  const command = readCommand(args);
  if (command.kind !== "run") throw new Error(`${args.join(" ")} is no run`);
  return command.options;
}

it("flags are read", () => {
  expect(optionsOf("--seconds", "30", "--rate", "2.5", "--seed", "9", "--only", "knee")).toEqual({
    seconds: 30,
    ratePerS: 2.5,
    seed: 9,
    only: "knee",
    quick: false,
  });
});

it("what is said goes before what quick means", () => {
  expect(optionsOf("--quick", "--seed", "9")).toMatchObject({ seconds: 6, seed: 9, quick: true });
});

it("help wins", () => {
  expect(readCommand(["--help", "--quick"])).toEqual({ kind: "help" });
});

describe("results are kept", () => {
  it("of a whole run with the usual values", () => {
    expect(isWhole(optionsOf())).toBe(true);
  });

  it.each([["--quick"], ["--only=faults"], ["--seed=2"], ["--rate=5"], ["--seconds=10"]])("not with %s", (flag) => {
    expect(isWhole(optionsOf(flag))).toBe(false);
  });
});

it.each([
  [["--loud"], "Unknown option '--loud'"],
  [["storm"], "Unexpected argument 'storm'"],
  [["--seconds", "0"], '--seconds must be a number from 1 to 3600, not "0"'],
  [["--seconds", ""], '--seconds must be a number from 1 to 3600, not ""'],
  [["--rate", "fast"], '--rate must be a number from 0.1 to 1000, not "fast"'],
  [["--seed", "1.5"], '--seed must be a whole number from 0 to 4294967295, not "1.5"'],
  [["--only", "doom"], '--only must be one of faults, knee, not "doom"'],
])("%j is refused, with the reason", (args, problem) => {
  expect(readCommand(args)).toMatchObject({ kind: "wrong", problem: expect.stringContaining(problem) });
});
