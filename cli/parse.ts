import { parseArgs } from "node:util";
import type { Arguments, Command, OptionSpec } from "./command.ts";
import { UsageError } from "./errors.ts";
import { globalOptions } from "./global-options.ts";

export type Invocation =
  | { readonly kind: "run"; readonly command: Command; readonly given: Arguments }
  /** Help for a command, or for all whose names begin so. */
  | { readonly kind: "help"; readonly about: Command | readonly string[] };

/**
 * Reads a command line.
 *
 * @param args without `node` and the program's name.
 * @throws UsageError for a command, option or number of arguments that does not exist.
 */
export function parseCommandLine(commands: readonly Command[], args: readonly string[]): Invocation {
  const command = commands.find(({ path }) => path.every((word, at) => args[at] === word));
  if (!command) return helpFor(commands, args);
  const options: Record<string, OptionSpec> = { ...globalOptions, ...command.options };
  const { values, positionals } = parse(args.slice(command.path.length), options);
  if (values.help) return { kind: "help", about: command };
  const required = command.positionals.filter((name) => !command.optionalPositionals?.includes(name));
  const missing = required[positionals.length];
  if (missing) throw new UsageError(`${command.path.join(" ")}: <${missing}> is missing`);
  const extra = positionals[command.positionals.length];
  if (extra !== undefined) throw new UsageError(`${command.path.join(" ")} takes no argument "${extra}"`);
  return { kind: "run", command, given: argumentsOf(command, values, positionals) };
}

function helpFor(commands: readonly Command[], args: readonly string[]): Invocation {
  const words = args.filter((arg) => !arg.startsWith("-"));
  const asked = args.length === words.length ? words.length === 0 : args.includes("--help");
  const known = words.length === 0 || commands.some(({ path }) => words.every((word, at) => path[at] === word));
  if (known && asked) return { kind: "help", about: words };
  throw new UsageError(
    known && words.length > 0 ? `${words.join(" ")} needs a command` : `There is no command "${args.join(" ")}"`,
  );
}

type Values = Readonly<Record<string, string | boolean | undefined>>;

function parse(args: readonly string[], options: Readonly<Record<string, OptionSpec>>) {
  const shapes = Object.fromEntries(Object.entries(options).map(([name, { type }]) => [name, { type }]));
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: shapes,
      allowPositionals: true,
      strict: true,
    });
    return { values: values as Values, positionals };
  } catch (error) {
    throw new UsageError(error instanceof Error ? (error.message.split(". ")[0] ?? "") : "wrong arguments");
  }
}

function argumentsOf(command: Command, values: Values, positionals: readonly string[]): Arguments {
  return {
    positional: (name) => positionals[command.positionals.indexOf(name)] ?? "",
    option: (name) => {
      const value = values[name];
      if (value === "") throw new UsageError(`--${name} needs a value`);
      return typeof value === "string" ? value : undefined;
    },
    flag: (name) => values[name] === true,
  };
}
