import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Hunted } from "./hunt.ts";
import { type Mutation, mutated } from "./mutation.ts";
import { mutations } from "./mutations.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));

/** What a simulation needs of the repository. */
const copied = ["lambdas", "test/simulation", "test/support", "local/fake-intercom", "package.json", "tsconfig.json"];

const AT_ONCE = 2;

/** @returns whether every mutation was noticed. */
export async function runMutations({
  seeds,
  only,
  stop,
  say,
}: {
  /** Played for each mutation, at most. */
  readonly seeds: number;
  readonly only: string | undefined;
  readonly stop: AbortSignal;
  readonly say: (line: string) => void;
}): Promise<boolean> {
  const chosen = mutations.filter(({ name }) => only === undefined || name === only);
  if (chosen.length === 0) {
    say(`There is no mutation ${only}; there are:\n${mutations.map(({ name }) => `  ${name}`).join("\n")}`);
    return false;
  }
  const left = [...chosen];
  let survivors = 0;
  const work = async (): Promise<void> => {
    for (let mutation = left.shift(); mutation && !stop.aborted; mutation = left.shift()) {
      const hunted = await hunt(mutation, seeds, stop);
      if (!hunted) return;
      if ("survived" in hunted) survivors += 1;
      const came = "survived" in hunted ? `SURVIVED ${seeds} seeds` : `seed ${hunted.seed}: ${hunted.invariant}`;
      say(`${mutation.name.padEnd(38)}${came}`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  if (!stop.aborted) say(`\n${chosen.length - survivors} of ${chosen.length} mutations were noticed`);
  return survivors === 0 && !stop.aborted;
}

/** Breaks a copy, and plays there. @returns undefined when it was interrupted. */
async function hunt(mutation: Mutation, seeds: number, stop: AbortSignal): Promise<Hunted | undefined> {
  const copy = mkdtempSync(join(tmpdir(), "mutation-"));
  try {
    for (const name of copied) cpSync(join(root, name), join(copy, name), { recursive: true });
    symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));
    const file = join(copy, mutation.file);
    writeFileSync(file, mutated(readFileSync(file, "utf8"), mutation));
    const output = await run(join(copy, "test/simulation/mutations/hunt.ts"), [String(seeds)], stop);
    if (stop.aborted) return undefined;
    return JSON.parse(output) as Hunted;
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

function run(file: string, args: readonly string[], signal: AbortSignal): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const child = spawn(process.execPath, [file, ...args], { stdio: ["ignore", "pipe", "inherit"] });
  const end = () => child.kill();
  signal.addEventListener("abort", end);
  let output = "";
  child.stdout.on("data", (chunk) => {
    output += chunk;
  });
  child.on("error", reject);
  child.on("close", (code) => {
    signal.removeEventListener("abort", end);
    if (code === 0 || signal.aborted) resolve(output);
    else reject(new Error(`${file} ended with ${code}`));
  });
  return promise;
}
