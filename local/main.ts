import { fileURLToPath } from "node:url";
import { readCommand, usage } from "./demo/options.ts";
import { run } from "./demo/run.ts";
import { interruption } from "./interruption.ts";

const print = (line: string) => void process.stdout.write(`${line}\n`);
const interruptedCode = 130;

const command = readCommand(process.argv.slice(2));
switch (command.kind) {
  case "help":
    process.stdout.write(usage);
    break;
  case "wrong":
    process.stderr.write(`${command.problem}\n\n${usage}`);
    process.exitCode = 2;
    break;
  case "run": {
    const logDirectory = fileURLToPath(new URL("../.throughline/logs", import.meta.url));
    const signal = interruption(process, () => process.exit(interruptedCode));
    const ending = await run({ ...command.options, logDirectory, print, signal });
    if (ending.problem !== undefined) process.stderr.write(`${ending.problem}\n`);
    process.exitCode = ending.code;
    break;
  }
  default:
    command satisfies never;
}
