import type { Command, Result } from "./command.ts";
import { openContext } from "./context.ts";
import { UsageError } from "./errors.ts";
import { describeFailure } from "./failure.ts";
import { commandHelp, overview, programName } from "./help.ts";
import { type Invocation, parseCommandLine } from "./parse.ts";
import { openTerminal } from "./terminal.ts";

const exitCode = { ok: 0, failed: 1, usage: 2, interrupted: 130 } as const;

/**
 * Runs one command line of this process.
 *
 * @param args without `node` and the program's name.
 * @returns the exit code: 0 ok, 1 failed or a problem found, 2 wrong usage, 130 interrupted.
 */
export async function runCommandLine(commands: readonly Command[], args: readonly string[]): Promise<number> {
  const json = args.includes("--json");
  const interrupt = new AbortController();
  // Once: whoever presses Ctrl-C again does not want to wait for things to be put back.
  process.once("SIGINT", () => interrupt.abort());
  try {
    const invocation = parseCommandLine(commands, args);
    if (invocation.kind === "help") {
      writeLines(process.stdout, helpLines(commands, invocation.about));
      return exitCode.ok;
    }
    const result = await run(invocation, interrupt);
    writeLines(process.stdout, json ? [JSON.stringify(result.json, undefined, 2)] : result.text);
    return interrupt.signal.aborted ? exitCode.interrupted : result.ok ? exitCode.ok : exitCode.failed;
  } catch (error) {
    const interrupted = interrupt.signal.aborted;
    const wrongUsage = !interrupted && error instanceof UsageError;
    const failure = interrupted ? "Interrupted" : describeFailure(error);
    if (json) writeLines(process.stdout, [JSON.stringify({ error: failure })]);
    else writeLines(process.stderr, [failure, ...(wrongUsage ? [`See ${programName} --help`] : [])]);
    if (interrupted) return exitCode.interrupted;
    return wrongUsage ? exitCode.usage : exitCode.failed;
  }
}

async function run(
  { command, given }: Extract<Invocation, { readonly kind: "run" }>,
  interrupt: AbortController,
): Promise<Result> {
  const terminal = openTerminal({ input: process.stdin, output: process.stderr, interrupt });
  const context = await openContext(given, terminal, interrupt.signal);
  try {
    return await command.run(context, given);
  } finally {
    context.close();
  }
}

function helpLines(commands: readonly Command[], about: Command | readonly string[]): readonly string[] {
  return "path" in about ? commandHelp(about) : overview(commands, about);
}

function writeLines(stream: NodeJS.WritableStream, lines: readonly string[]): void {
  stream.write(`${lines.join("\n")}\n`);
}
