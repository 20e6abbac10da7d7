import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, inject } from "vitest";
import { announce } from "../../../local/announce.ts";
import type { System } from "./system.ts";

export type Ran = {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
  /** What was printed, as JSON. @throws SyntaxError when it is none */
  json<Value>(): Value;
};

export type CommandLine = {
  /** Runs a command against the system, as a process without a terminal. */
  run(
    args: readonly string[],
    given?: { readonly env?: Readonly<Record<string, string>>; readonly input?: string },
  ): Promise<Ran>;
  /** A folder for the files of a test. */
  readonly directory: string;
};

/** Gives a test file the command line, which finds the file's system by its announcement. */
export function useCommandLine(system: () => System): () => CommandLine {
  let commandLine: CommandLine | undefined;
  const started = new AsyncDisposableStack();
  beforeAll(async () => {
    const directory = await mkdtemp(join(tmpdir(), "throughline-cli-"));
    started.defer(() => rm(directory, { recursive: true, force: true }));
    const file = join(directory, "local.json");
    const announced = await announce(system().cloud, { stage: inject("assembly").stage, file });
    started.defer(() => announced.close());
    commandLine = {
      directory,
      run: (args, { env = {}, input = "" } = {}) =>
        runProcess([...args, "--local"], { ...process.env, ...env, THROUGHLINE_LOCAL: file }, input),
    };
  });
  afterAll(() => started.disposeAsync());
  return () => {
    if (!commandLine) throw new Error("The command line is there before the first test, not before");
    return commandLine;
  };
}

async function runProcess(args: readonly string[], env: NodeJS.ProcessEnv, input: string): Promise<Ran> {
  const child = spawn(process.execPath, ["cli/main.ts", ...args], { env, stdio: "pipe" });
  child.stdin.end(input);
  const [out, err, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "close")]);
  return { code, out, err, json: () => JSON.parse(out) };
}

const DEADLINE_MS = 20_000;
const POLL_MS = 100;

/**
 * Tries until a result is what is waited for: nothing announces that a function has read a changed parameter.
 *
 * @throws Error with the last result after a while.
 */
export async function eventually<Value>(
  attempt: () => Promise<Value>,
  isWanted: (value: Value) => boolean,
): Promise<Value> {
  const end = Date.now() + DEADLINE_MS;
  for (;;) {
    const value = await attempt();
    if (isWanted(value)) return value;
    if (Date.now() > end) throw new Error(`Still ${JSON.stringify(value)}`);
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}
