import { parseArgs } from "node:util";

export type Options = { readonly quick: boolean; readonly only: string | undefined };

export type Command =
  | { readonly kind: "run"; readonly options: Options }
  | { readonly kind: "help" }
  | { readonly kind: "wrong"; readonly problem: string };

const flags = {
  quick: { type: "boolean", default: false },
  only: { type: "string" },
  help: { type: "boolean", default: false },
} as const;

export function usage(parts: readonly { readonly name: string; readonly measures: string }[]): string {
  return `Usage: npm run bench -- [options]

Measures Throughline on this machine, prints tables, and ends with 1 when a budget is broken. Budgets are counts and
bytes; times are this machine's, and only told.

  --quick       small sizes: whether it runs, nothing to quote
  --only NAME   one part
  --help        this text

Parts:
${parts.map(({ name, measures }) => `  ${name.padEnd(12)}${measures}`).join("\n")}

A whole run writes bench/results.json; with --quick or --only, .throughline/bench.json.
`;
}

/** @param args the command line without `node` and the file's name. @param names of the parts. */
export function readCommand(args: readonly string[], names: readonly string[]): Command {
  try {
    const { values } = parseArgs({ args: [...args], options: flags, strict: true });
    const { quick, only, help } = values;
    if (help) return { kind: "help" };
    if (only !== undefined && !names.includes(only)) {
      return { kind: "wrong", problem: `--only must be one of ${names.join(", ")}; received ${only}` };
    }
    return { kind: "run", options: { quick, only } };
  } catch (problem) {
    return { kind: "wrong", problem: problem instanceof Error ? problem.message : String(problem) };
  }
}
