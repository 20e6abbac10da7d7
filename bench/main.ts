import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { stop as stopBundler } from "esbuild";
import { runCommand } from "../local/run-command.ts";
import { assembly } from "./assembly.ts";
import { circumstances } from "./machine.ts";
import { type Options, readCommand, usage } from "./options.ts";
import { isKept, type Report } from "./part.ts";
import { parts } from "./parts.ts";
import { fullSizes, quickSizes } from "./sizes.ts";
import { type Table, tableLines } from "./table.ts";

const command = readCommand(
  process.argv.slice(2),
  parts.map(({ name }) => name),
);
await runCommand(command, usage(parts), async ({ options }) => ((await run(options)) ? 0 : 1));

/** Measures, prints and writes. @returns whether every budget is kept. */
async function run({ quick, only }: Options): Promise<boolean> {
  const beganAt = performance.now();
  const progress = (step: string) =>
    void process.stderr.write(`${((performance.now() - beganAt) / 1_000).toFixed(1).padStart(6)} s  ${step}\n`);
  using owner = new DisposableStack();
  const bench = { sizes: quick ? quickSizes : fullSizes, stack: assembly(owner, progress), progress };
  const about = circumstances();
  const reports = new Map<string, Report>();
  for (const { name, measures, run: measure } of parts) {
    if (only !== undefined && only !== name) continue;
    progress(`${name}: ${measures}`);
    reports.set(name, await measure(bench));
  }
  await stopBundler();
  const { cpu, cores, node } = about.machine;
  process.stdout.write(
    `\nThroughline ${about.commit.slice(0, 7)}, ${about.date.slice(0, 10)}: ${cores} x ${cpu}, Node ${node}\n\n`,
  );
  for (const report of reports.values()) report.tables.forEach(print);
  const budgets = [...reports.values()].flatMap((report) => report.budgets);
  if (budgets.length > 0) {
    print({
      title: "Budgets",
      head: ["", "limit", "measured", ""],
      rows: budgets.map((budget) => [budget.what, budget.limit, budget.measured, isKept(budget) ? "kept" : "BROKEN"]),
    });
  }
  const figures = Object.fromEntries([...reports].map(([name, report]) => [name, report.figures]));
  write(quick || only !== undefined ? "../.throughline/bench.json" : "./results.json", {
    ...about,
    quick,
    durationS: Math.round((performance.now() - beganAt) / 1_000),
    ...figures,
    budgets,
  });
  return budgets.every(isKept);

  function write(path: string, results: object): void {
    const file = fileURLToPath(new URL(path, import.meta.url));
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, `${JSON.stringify(results, null, 2)}\n`);
    progress(`written to ${file}`);
  }
}

function print(table: Table): void {
  process.stdout.write(`${tableLines(table).join("\n")}\n`);
}
