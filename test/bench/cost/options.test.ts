import { expect, it } from "vitest";
import { assumptionNames, assumptions, defaults } from "../../../bench/cost/assumptions.ts";
import { readCommand, usageText } from "../../../bench/cost/options.ts";

it("given no options, then it reckons with the defaults", () => {
  expect(readCommand([])).toEqual({ kind: "run", assumed: defaults });
});

it("given options, then they stand in place of defaults, and the others stay", () => {
  expect(readCommand(["--chat-share", "0.2", "--products=12"])).toEqual({
    kind: "run",
    assumed: { ...defaults, chatShare: 0.2, products: 12 },
  });
});

it.each([
  [["--chat-share", "2"], "--chat-share must be a number from 0 to 1; received 2"],
  [["--batches", "many"], "--batches must be a number from 0 to 1000000; received many"],
  [["--batches", ""], "--batches must be a number from 0 to 1000000; received "],
  [["--batches-per-body", "0"], "--batches-per-body must be more than 0"],
])("given %j, then it names the problem", (args, problem) => {
  expect(readCommand(args)).toEqual({ kind: "wrong", problem });
});

it("given an option that it does not know, then it is refused", () => {
  expect(readCommand(["--sessions", "5"])).toMatchObject({ kind: "wrong" });
});

it("names every assumption with its default in its help", () => {
  expect(readCommand(["--help"])).toEqual({ kind: "help" });
  const told = assumptionNames.map((name) => assumptions[name]);
  expect(told.filter(({ flag, value }) => !new RegExp(`--${flag} .*\\(${value}\\)`).test(usageText))).toEqual([]);
});
