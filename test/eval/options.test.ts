import { expect, it } from "vitest";
import { readCommand, usage } from "../../eval/options.ts";

it("asks every adapter unless told otherwise", () => {
  expect(readCommand([])).toEqual({ kind: "run", options: { adapter: undefined, json: false } });
});

it("asks one adapter, and prints JSON", () => {
  expect(readCommand(["--adapter", "openai", "--json"])).toEqual({
    kind: "run",
    options: { adapter: "openai", json: true },
  });
});

it.each([
  [["--adapter", "oracle"], "--adapter must be one of bedrock, openai, extractive; received oracle"],
  [["--quick"], "--quick"],
])("does not guess what %j may mean", (args, problem) => {
  expect(readCommand(args)).toMatchObject({ kind: "wrong", problem: expect.stringContaining(problem) });
});

it("names in its help what it reads of the environment", () => {
  expect(usage).toMatch(/OPENAI_API_KEY.*OPENAI_MODEL.*OPENAI_BASE_URL/);
  expect(usage).toMatch(/BEDROCK_MODEL_ID/);
});
