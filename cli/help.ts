import type { Command, OptionSpec } from "./command.ts";
import { globalOptions } from "./global-options.ts";

export const programName = "throughline";

/** `throughline product add <product> [options]` */
export function usageLine({ path, positionals, optionalPositionals = [] }: Command): string {
  const words = positionals.map((name) => (optionalPositionals.includes(name) ? `[${name}]` : `<${name}>`));
  return [programName, ...path, ...words, "[options]"].join(" ");
}

export function commandHelp(command: Command): readonly string[] {
  return [
    `Usage: ${usageLine(command)}`,
    "",
    `${command.summary}.`,
    ...(command.details.length > 0 ? ["", ...command.details] : []),
    "",
    ...optionLines({ ...command.options, ...globalOptions }),
  ];
}

/** The list of commands whose paths begin with these words. */
export function overview(commands: readonly Command[], words: readonly string[]): readonly string[] {
  const listed = commands.filter(({ path }) => words.every((word, at) => path[at] === word));
  const name = ({ path, positionals }: Command) => [...path, ...positionals.map((word) => `<${word}>`)].join(" ");
  const width = Math.max(...listed.map((command) => name(command).length));
  return [
    `Usage: ${[programName, ...words].join(" ")} <command> [options]`,
    "",
    ...listed.map((command) => `  ${name(command).padEnd(width)}  ${command.summary}`),
    "",
    "Options of every command:",
    "",
    ...optionLines(globalOptions),
    "",
    "Exit codes: 0 done, 1 failed or a problem was found, 2 wrong usage.",
  ];
}

function optionLines(options: Readonly<Record<string, OptionSpec>>): readonly string[] {
  const label = ([name, { placeholder }]: [string, OptionSpec]) =>
    placeholder === undefined ? `--${name}` : `--${name} ${placeholder}`;
  const entries = Object.entries(options);
  const width = Math.max(...entries.map((entry) => label(entry).length));
  return entries.map((entry) => `  ${label(entry).padEnd(width)}  ${entry[1].help}`);
}
