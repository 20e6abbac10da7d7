import { expect, it } from "vitest";
import { candidateOf } from "../../eval/models.ts";
import { evaluate, isSound } from "../../eval/run.ts";
import { recordedSessions } from "../../eval/session.ts";

/** As measured (docs/evaluation.md), rounded down. */
const FLOOR = 0.97;

it("finds what it found before in the recorded sessions, and says nothing that it must not", async () => {
  const result = await evaluate(candidateOf("extractive", {}), recordedSessions(), () => {});
  if ("notRun" in result) throw new Error(result.notRun);
  expect(result.sessions).toHaveLength(12);
  expect(result.sessions.flatMap(({ broken }) => broken)).toEqual([]);
  expect(isSound(result)).toBe(true);
  expect(result.recall).toBeGreaterThanOrEqual(FLOOR);
});
