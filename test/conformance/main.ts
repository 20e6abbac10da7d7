import { parseArgs } from "node:util";
import { adapters } from "./adapters.ts";
import { checkFile, type FileReport } from "./check-file.ts";
import { differences } from "./differences.ts";
import { notYetBuilt } from "./not-yet-built.ts";
import { outOfScope } from "./out-of-scope.ts";
import { reportLines } from "./report.ts";
import { readVectorFiles } from "./vector-file.ts";

const usage = `npm run conformance -- [--lenient] <file or folder of vectors>

Runs the product's code on inputs for which the reference's outputs are known.

  --lenient  for vectors never seen: cases whose tags may be listed as different
             are reported apart (optional: M of N), and only the others can fail
  --help     this text

Ends with "N passed, M failed" and exit code 0 or 1; exit code 2 when there is nothing to run.`;

/** @returns the exit code. */
async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    options: { lenient: { type: "boolean", default: false }, help: { type: "boolean", default: false } },
    allowPositionals: true,
  });
  const [path] = positionals;
  if (values.help) return print([usage], 0);
  if (path === undefined || positionals.length > 1) throw new Error(`needs one file or folder\n\n${usage}`);

  const reports: FileReport[] = [];
  for (const file of await readVectorFiles(path)) {
    reports.push(await checkFile(file, { adapters, notYetBuilt, outOfScope, differences }, values));
  }
  const failed = reports.some(({ failures }) => failures.length > 0);
  return print(reportLines(reports, values), failed ? 1 : 0);
}

function print(lines: readonly string[], exitCode: number): number {
  process.stdout.write(`${lines.join("\n")}\n`);
  return exitCode;
}

try {
  process.exitCode = await main();
} catch (error) {
  process.stderr.write(`conformance: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
}
