import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { tryProperty } from "./campaign.ts";
import { documentedAnswers } from "./documented-answer.ts";
import { USUAL_SEED } from "./options.ts";
import { fuzzProperties } from "./properties.ts";
import { type Ground, openGround } from "./system.ts";

/** Waited out only by a machine that is busy with much else. */
const PATIENCE_MS = 120_000;

let ground: Ground;
beforeAll(async () => {
  ground = await openGround();
});
afterAll(() => ground[Symbol.asyncDispose]());

describe("whatever it is sent", () => {
  it.each(fuzzProperties)("$name", { timeout: PATIENCE_MS }, async (property) => {
    const { failure } = await tryProperty(property, ground, { seed: USUAL_SEED });
    expect(failure).toBeUndefined();
  });

  it("has given each of its answers at least once", () => {
    expect([...ground.answers().keys()]).toEqual(expect.arrayContaining([...documentedAnswers]));
  });
});
