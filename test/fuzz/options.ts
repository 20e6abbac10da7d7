import { parseArgs } from "node:util";

export type Options = {
  /** Of each promise; undefined for as many as `npm test` makes. */
  readonly runs: number | undefined;
  readonly seed: number;
};

export type Command =
  | { readonly kind: "run"; readonly options: Options }
  | { readonly kind: "help" }
  | { readonly kind: "wrong"; readonly problem: string };

/** What `npm test` tries, always. */
export const USUAL_SEED = 1;

export const usage = `Usage: npm run fuzz -- [options]

Sends hostile requests to the HTTP edges in process, lets the worker fold what they take, and looks for an answer that is
not documented or tells of somebody else, a word of a request, a secret or an address in the logs, and a message that is
put aside. Ends with 1 and the shortest request that breaks a promise.

  --runs N   of each promise, 1 to 10000000 (as many as npm test makes)
  --seed N   another campaign, 0 to 2147483647 (${USUAL_SEED}, as npm test)
  --help     this text
`;

const flags = {
  runs: { type: "string" },
  seed: { type: "string", default: String(USUAL_SEED) },
  help: { type: "boolean", default: false },
} as const;

/** @param args the command line without `node` and the file's name. */
export function readCommand(args: readonly string[]): Command {
  try {
    const { values } = parseArgs({ args: [...args], options: flags, strict: true });
    if (values.help) return { kind: "help" };
    const runs = values.runs === undefined ? undefined : wholeNumber("--runs", values.runs, 1, 10_000_000);
    return { kind: "run", options: { runs, seed: wholeNumber("--seed", values.seed, 0, 2_147_483_647) } };
  } catch (problem) {
    // What parseArgs goes on to say is about positional arguments, of which there are none here.
    const [sentence = ""] = problem instanceof Error ? problem.message.split(". ") : [];
    return { kind: "wrong", problem: sentence };
  }
}

function wholeNumber(flag: string, text: string, least: number, most: number): number {
  const value = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= least && value <= most) return value;
  throw new Error(`${flag} must be a whole number from ${least} to ${most}, not "${text}"`);
}
