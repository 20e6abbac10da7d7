import { fileURLToPath } from "node:url";
import { readCommand, usage } from "./demo/options.ts";
import { run } from "./demo/run.ts";
import { interruption } from "./interruption.ts";
import { runCommand } from "./run-command.ts";

const print = (line: string) => void process.stdout.write(`${line}\n`);
const interruptedCode = 130;

await runCommand(readCommand(process.argv.slice(2)), usage, async ({ options }) => {
  const logDirectory = fileURLToPath(new URL("../.throughline/logs", import.meta.url));
  const signal = interruption(process, () => process.exit(interruptedCode));
  const { code, problem } = await run({ ...options, logDirectory, print, signal });
  if (problem !== undefined) process.stderr.write(`${problem}\n`);
  return code;
});
