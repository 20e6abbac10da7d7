import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { type Program, programProcess } from "./support/program-process.ts";

let temporary: string;
let running: Program | undefined;

beforeEach(async () => {
  temporary = await mkdtemp(join(tmpdir(), "throughline-chaos-"));
});

afterEach(async () => {
  running?.kill();
  await running?.exit;
  await rm(temporary, { recursive: true, force: true });
});

function startChaos(...flags: readonly string[]): Program {
  running = programProcess("chaos/main.ts", ["--quick", "--only", "faults", ...flags], temporary);
  return running;
}

const isNothingLeft = async (chaos: Program) => !chaos.isAlive() && (await readdir(temporary)).length === 0;

/** The number that stands in the row of a table. @throws Error when there is no such row. */
function figure({ lines }: Program, name: string): number {
  const found = lines.find((line) => line.trim().startsWith(`${name}  `))?.match(/([\d,]+)$/)?.[1];
  if (found === undefined) throw new Error(`There is no row ${name}:\n${lines.join("\n")}`);
  return Number(found.replaceAll(",", ""));
}

it("what was accepted while processes died and services failed is delivered, once and in order", async () => {
  const chaos = startChaos("--seed", "23");

  expect(await chaos.exit, chaos.lines.join("\n")).toBe(0);
  expect(figure(chaos, "accepted (2xx)")).toBeGreaterThan(50);
  expect(figure(chaos, "delivered")).toBe(figure(chaos, "accepted (2xx)"));
  expect(figure(chaos, "in a note of its own conversation")).toBeGreaterThan(0);
  expect(figure(chaos, "doubled")).toBe(0);
  expect(figure(chaos, "batches out of order")).toBe(0);
  expect(figure(chaos, "processes: killed at a moment")).toBeGreaterThan(0);
  expect(await isNothingLeft(chaos)).toBe(true);
});

it("Ctrl-C ends it, which is no good end, and leaves nothing behind", async () => {
  const chaos = startChaos();
  await chaos.line(/arrivals in/);

  chaos.interrupt();

  expect(await chaos.exit).toBe(130);
  expect(await isNothingLeft(chaos)).toBe(true);
});
