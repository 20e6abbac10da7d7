import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { withTables } from "../bench/cost/page.ts";
import type { circumstances } from "../bench/machine.ts";
import type { FaultsResult } from "./faults.ts";
import type { KneeResult } from "./knee.ts";
import { faultsTable, kneeTable, limitTable, machineTable, troubleTable } from "./report.ts";

/** What results.json keeps. */
export type Results = ReturnType<typeof circumstances> & {
  readonly faults: FaultsResult;
  readonly knee: KneeResult;
};

const place = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

const page = place("../docs/chaos.md");

/** The page with a run's figures in its tables; everything else stays. */
export function withResults(text: string, { faults, knee, ...about }: Results): string {
  const tables = {
    machine: machineTable(about),
    faults: faultsTable(faults),
    trouble: troubleTable(faults),
    knee: kneeTable(knee),
    limit: limitTable(knee),
  };
  return withTables(text, tables, "npm run chaos");
}

/** Keeps the results of a whole run, and tells of them in docs/chaos.md. @returns the files. */
export function keepResults(results: Results): readonly string[] {
  const file = writeJson("./results.json", results);
  writeFileSync(page, withResults(readFileSync(page, "utf8"), results));
  return [file, page];
}

/** Writes what a run that is not to be quoted found, where Git does not look. @returns the file. */
export function noteResults(results: Partial<Results>): string {
  return writeJson("../.throughline/chaos.json", results);
}

function writeJson(path: string, content: object): string {
  const file = place(path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(content, null, 2)}\n`);
  return file;
}
