import type { Context } from "./context.ts";

export type OptionSpec = {
  readonly type: "string" | "boolean";
  /** What stands for a value in the help: `FILE`. */
  readonly placeholder?: string;
  readonly help: string;
};

/** What a command was given, checked for shape: every positional is there, every option is known. */
export type Arguments = {
  positional(name: string): string;
  /** Undefined when it was not given. */
  option(name: string): string | undefined;
  flag(name: string): boolean;
};

/** What came of a command: one value for programs, lines for people. */
export type Result = {
  /** False when something failed or a problem was found: exit code 1. */
  readonly ok: boolean;
  /** Printed with `--json`. */
  readonly json: unknown;
  readonly text: readonly string[];
};

export type Command = {
  /** `["product", "add"]` */
  readonly path: readonly string[];
  readonly summary: string;
  readonly positionals: readonly string[];
  /** Names of those positionals that may be left out. */
  readonly optionalPositionals?: readonly string[];
  readonly options: Readonly<Record<string, OptionSpec>>;
  /** What the help says beyond the summary. */
  readonly details: readonly string[];
  /** @throws UsageError, CommandError, and what adapters throw */
  readonly run: (context: Context, given: Arguments) => Promise<Result>;
};
