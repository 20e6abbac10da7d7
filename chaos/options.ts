import { parseArgs } from "node:util";

export const parts = ["faults", "knee"] as const;

export type Part = (typeof parts)[number];

export type Options = {
  /** How long the load lasts under faults. */
  readonly seconds: number;
  readonly ratePerS: number;
  readonly seed: number;
  /** Undefined: all. */
  readonly only: Part | undefined;
  readonly quick: boolean;
};

export type Command =
  | { readonly kind: "run"; readonly options: Options }
  | { readonly kind: "help" }
  | { readonly kind: "wrong"; readonly problem: string };

const usual = { seconds: 120, rate: 20, seed: 1 };
const quick = { seconds: 6, rate: 10, seed: 1 };

const flags = {
  seconds: { type: "string" },
  rate: { type: "string" },
  seed: { type: "string" },
  only: { type: "string" },
  quick: { type: "boolean", default: false },
  help: { type: "boolean", default: false },
} as const;

export const usage = `Usage: npm run chaos -- [options]

Drives Throughline on this machine with arrivals that wait for no answer, while processes are killed, Intercom goes through
its faults and AWS has bad spells; then holds what was accepted against what was delivered. Ends with 1 when an action is
lost, doubled, out of order or in another's conversation. Then it raises the rate, without faults, until notes come late.

  --seconds N    how long the load lasts under faults, 1 to 3600 (${usual.seconds})
  --rate N       batches a second under faults, 0.1 to 1000 (${usual.rate})
  --seed N       another load and other faults; not the same run again, since processes race (${usual.seed})
  --only PART    ${parts.join(" or ")}
  --quick        ${quick.seconds} s at ${quick.rate} a second, and few steps: whether it runs, nothing to quote
  --help         this text

A whole run with the usual values writes chaos/results.json; any other, .throughline/chaos.json.
`;

/** @param args the command line without `node` and the file's name. */
export function readCommand(args: readonly string[]): Command {
  try {
    const { values } = parseArgs({ args: [...args], options: flags, strict: true });
    if (values.help) return { kind: "help" };
    const fallback = values.quick ? quick : usual;
    return {
      kind: "run",
      options: {
        seconds: numberOf("--seconds", values.seconds ?? fallback.seconds, { least: 1, most: 3_600, whole: false }),
        ratePerS: numberOf("--rate", values.rate ?? fallback.rate, { least: 0.1, most: 1_000, whole: false }),
        seed: numberOf("--seed", values.seed ?? fallback.seed, { least: 0, most: 2 ** 32 - 1, whole: true }),
        only: values.only === undefined ? undefined : partOf(values.only),
        quick: values.quick,
      },
    };
  } catch (problem) {
    // What parseArgs goes on to say is about positional arguments, of which there are none here.
    const [sentence = ""] = problem instanceof Error ? problem.message.split(". ") : [];
    return { kind: "wrong", problem: sentence };
  }
}

/** Whether a run is the one whose results are kept. */
export function isWhole({ seconds, ratePerS, seed, only, quick: isQuick }: Options): boolean {
  return !isQuick && only === undefined && seconds === usual.seconds && ratePerS === usual.rate && seed === usual.seed;
}

type Limits = { readonly least: number; readonly most: number; readonly whole: boolean };

function numberOf(flag: string, given: string | number, { least, most, whole }: Limits): number {
  const value = typeof given === "string" && given.trim() === "" ? Number.NaN : Number(given);
  if (value >= least && value <= most && (!whole || Number.isInteger(value))) return value;
  throw new Error(`${flag} must be a ${whole ? "whole number" : "number"} from ${least} to ${most}, not "${given}"`);
}

function partOf(text: string): Part {
  const found = parts.find((part) => part === text);
  if (found) return found;
  throw new Error(`--only must be one of ${parts.join(", ")}, not "${text}"`);
}
