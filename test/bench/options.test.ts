import { expect, it } from "vitest";
import { readCommand, usage } from "../../bench/options.ts";

const names = ["requests", "latency"];

it("measures everything in full unless told otherwise", () => {
  expect(readCommand([], names)).toEqual({ kind: "run", options: { quick: false, only: undefined } });
});

it("measures one part, or little of each", () => {
  expect(readCommand(["--quick", "--only", "latency"], names)).toEqual({
    kind: "run",
    options: { quick: true, only: "latency" },
  });
});

it.each([
  [["--only", "speed"], "--only must be one of requests, latency; received speed"],
  [["--fast"], "--fast"],
])("does not guess what %j may mean", (args, problem) => {
  const command = readCommand(args, names);
  expect(command).toMatchObject({ kind: "wrong", problem: expect.stringContaining(problem) });
});

it("names every part in its help", () => {
  expect(usage([{ name: "latency", measures: "how long" }])).toMatch(/^ {2}latency +how long$/m);
});
