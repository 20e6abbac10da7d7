import { parseArgs } from "node:util";
import { type Assumptions, assumptionNames, assumptions, defaults } from "./assumptions.ts";

export type Command =
  | { readonly kind: "run"; readonly assumed: Assumptions }
  | { readonly kind: "help" }
  | { readonly kind: "wrong"; readonly problem: string };

const widest = Math.max(...assumptionNames.map((name) => assumptions[name].flag.length));

export const usageText = `Usage: npm run cost [-- options]

Reckons what Throughline costs a month from what \`npm run bench\` counted (bench/results.json) and list prices
(bench/cost/prices.json), and what a container with Redis would cost. Without options it also writes the tables of
docs/cost.md and docs/cost.svg; with other assumptions it only prints.

  --help${" ".repeat(widest)}this text

Assumptions, with their defaults:
${assumptionNames.map((name) => `  --${assumptions[name].flag.padEnd(widest)}  ${assumptions[name].says} (${assumptions[name].value})`).join("\n")}
`;

/** @param args the command line without `node` and the file's name. */
export function readCommand(args: readonly string[]): Command {
  const flags = Object.fromEntries(
    assumptionNames.map((name) => [assumptions[name].flag, { type: "string" as const }]),
  );
  try {
    const { values }: { values: Readonly<Record<string, unknown>> } = parseArgs({
      args: [...args],
      options: { ...flags, help: { type: "boolean" } },
      strict: true,
    });
    if (values.help) return { kind: "help" };
    const assumed: Record<keyof Assumptions, number> = { ...defaults };
    for (const name of assumptionNames) {
      const { flag, max } = assumptions[name];
      const text = values[flag];
      if (typeof text !== "string") continue;
      const value = Number(text);
      if (text.trim() === "" || !(value >= 0 && value <= max)) {
        return { kind: "wrong", problem: `--${flag} must be a number from 0 to ${max}; received ${text}` };
      }
      if (value === 0 && divisors.has(name)) return { kind: "wrong", problem: `--${flag} must be more than 0` };
      assumed[name] = value;
    }
    return { kind: "run", assumed };
  } catch (problem) {
    return { kind: "wrong", problem: problem instanceof Error ? problem.message : String(problem) };
  }
}

const divisors: ReadonlySet<keyof Assumptions> = new Set([
  "batchesPerNote",
  "batchesPerBody",
  "messagesPerPoll",
  "containerRate",
]);
