import { readFileSync } from "node:fs";
import { defaults } from "./assumptions.ts";
import { readCounts } from "./counts.ts";
import { withTables } from "./page.ts";
import { plot, plottedSessions } from "./plot.ts";
import { priceTable } from "./price-table.ts";
import { type Basis, monthsUsd } from "./scenarios.ts";
import { costTables } from "./tables.ts";

export const PAGE = "docs/cost.md";
export const PLOT = "docs/cost.svg";

const fromRoot = (file: string) => new URL(`../../${file}`, import.meta.url);
const read = (file: string) => readFileSync(fromRoot(file), "utf8");

/** What was counted last, by list prices, with the assumptions as they stand. */
export function committedBasis(): Basis {
  return { counts: readCounts(JSON.parse(read("bench/results.json"))), prices: priceTable, assumed: defaults };
}

/** The files that `npm run cost` writes, by path in the repository. */
export function writtenFiles(basis: Basis): ReadonlyMap<string, string> {
  return new Map([
    [PAGE, withTables(read(PAGE), costTables(basis))],
    [PLOT, plot(plottedSessions().map((sessions) => monthsUsd(basis, sessions)))],
  ]);
}
