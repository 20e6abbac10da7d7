import { describe, expect, it } from "vitest";
import { readCommand } from "./options.ts";

describe("npm run fuzz", () => {
  it("makes the runs of npm test, unless it is told otherwise", () => {
    expect(readCommand([])).toEqual({ kind: "run", options: { runs: undefined, seed: 1 } });
    expect(readCommand(["--runs", "20000", "--seed", "7"])).toEqual({
      kind: "run",
      options: { runs: 20_000, seed: 7 },
    });
    expect(readCommand(["--help"])).toEqual({ kind: "help" });
  });

  it.each([
    [["--runs", "0"], "--runs"],
    [["--runs", "1e9"], "--runs"],
    [["--seed", "-1"], "--seed"],
    [["--seeds", "1"], "--seeds"],
    [["20000"], "20000"],
  ])("names what is wrong in %j", (args, named) => {
    const command = readCommand(args);
    expect(command.kind === "wrong" && command.problem).toContain(named);
  });
});
