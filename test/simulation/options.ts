import { parseArgs } from "node:util";

export type Command =
  | { readonly kind: "seeds"; readonly start: number; readonly seeds: number; readonly threads: number }
  | { readonly kind: "seed"; readonly seed: number }
  | { readonly kind: "mutations"; readonly seeds: number; readonly only: string | undefined }
  | { readonly kind: "help" }
  | { readonly kind: "wrong"; readonly problem: string };

export const usage = `Usage: npm run simulate -- [options]

Plays seeded scenarios on virtual time: the shipped code on a simulated AWS and Intercom, with faults, crashes and
duplicates. Checks the invariants of test/simulation/invariants/ while it plays, shrinks what breaks one, and counts what
was reached. docs/simulation.md says how to read it.

  --seeds N      how many scenarios (2000; with --mutations at most 1000 for each)
  --start SEED   the first (1)
  --threads N    how many at once (2)
  --seed N       plays one, and prints all that happens in it
  --mutations    breaks the shipped code in many ways, in copies, and plays until a scenario notices
  --only NAME    of the mutations, one
  --help         this text

Ends with 0 when all is well; with 1 when an invariant breaks, something is reached by no scenario (of 1000 or more), or
a mutation survives; with 2 for wrong options; with 130 when it is interrupted.
`;

const flags = {
  seeds: { type: "string" },
  start: { type: "string", default: "1" },
  threads: { type: "string", default: "2" },
  seed: { type: "string" },
  mutations: { type: "boolean", default: false },
  only: { type: "string" },
  help: { type: "boolean", default: false },
} as const;

/** @param args the command line without `node` and the file's name. */
export function readCommand(args: readonly string[]): Command {
  try {
    const { values } = parseArgs({ args: [...args], options: flags, strict: true });
    if (values.help) return { kind: "help" };
    const number = (name: "seeds" | "start" | "threads" | "seed", fallback: string): number => {
      const value = values[name] ?? fallback;
      if (!/^[1-9]\d{0,8}$/.test(value)) throw new Error(`--${name} must be a whole number above 0; received ${value}`);
      return Number(value);
    };
    if (values.only !== undefined && !values.mutations)
      throw new Error("--only names a mutation: it needs --mutations");
    if (values.mutations) return { kind: "mutations", seeds: number("seeds", "1000"), only: values.only };
    if (values.seed !== undefined) return { kind: "seed", seed: number("seed", "") };
    return {
      kind: "seeds",
      start: number("start", "1"),
      seeds: number("seeds", "2000"),
      threads: Math.min(64, number("threads", "2")),
    };
  } catch (problem) {
    return { kind: "wrong", problem: problem instanceof Error ? problem.message : String(problem) };
  }
}
