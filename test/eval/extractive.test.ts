import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { candidateOf } from "../../eval/models.ts";
import { evaluate, isSound } from "../../eval/run.ts";
import { recordedSessions } from "../../eval/session.ts";

/** As measured (docs/evaluation.md), rounded down. */
const FLOOR = 0.97;

const evaluated = () => evaluate(candidateOf("extractive", {}), recordedSessions(), () => {});

it("finds what it found before in the recorded sessions, and says nothing that it must not", async () => {
  const result = await evaluated();
  if ("notRun" in result) throw new Error(result.notRun);
  expect(result.sessions).toHaveLength(12);
  expect(result.sessions.flatMap(({ broken }) => broken)).toEqual([]);
  expect(isSound(result)).toBe(true);
  expect(result.recall).toBeGreaterThanOrEqual(FLOOR);
});

it("is reported as it is measured", async () => {
  const result = await evaluated();
  if ("notRun" in result) throw new Error(result.notRun);
  const found = result.sessions.flatMap((session) => session.found).length;
  const all = found + result.sessions.flatMap(({ missing }) => missing).length;
  const percent = (result.recall * 100).toFixed(1);
  expect(readFileSync("docs/evaluation.md", "utf8")).toContain(`| ${found} of ${all} (${percent} %) |`);
});
