import { circumstances } from "../bench/machine.ts";
import { type Table, tableLines } from "../bench/table.ts";
import { interruption } from "../local/interruption.ts";
import { runCommand } from "../local/run-command.ts";
import { isGood, runFaults } from "./faults.ts";
import { findKnee } from "./knee.ts";
import { isWhole, type Options, readCommand, usage } from "./options.ts";
import { faultsTable, kneeTable, limitTable, machineTable, troubleTable } from "./report.ts";
import { keepResults, noteResults } from "./written.ts";

const interruptedCode = 130;

/** A message that failed often comes back after five minutes at most (lambdas/app/process-deliveries.ts). */
const PATIENCE_MS = 420_000;

/** Short, so that actions do leave the window before a link; in a quick run none shall. */
const WINDOW_S = { usual: 8, quick: 60 };

await runCommand(readCommand(process.argv.slice(2)), usage, ({ options }) => {
  const signal = interruption(process, () => process.exit(interruptedCode));
  return run(options, signal).catch((problem: unknown) => {
    if (signal.aborted) return interruptedCode;
    throw problem;
  });
});

/** Runs, prints and writes. @returns the exit code. */
async function run(options: Options, signal: AbortSignal): Promise<number> {
  const beganAt = performance.now();
  const progress = (step: string) =>
    void process.stderr.write(`${((performance.now() - beganAt) / 1_000).toFixed(1).padStart(6)} s  ${step}\n`);
  signal.addEventListener("abort", () => progress("stopping"), { once: true });
  const { only, quick } = options;
  const about = circumstances();
  const windowS = quick ? WINDOW_S.quick : WINDOW_S.usual;
  const underFaults = () => runFaults({ ...options, windowS, patienceMs: PATIENCE_MS, progress, signal });
  const faults = only === "knee" ? undefined : await underFaults();
  const knee = only === "faults" ? undefined : await findKnee({ ...options, progress, signal });
  process.stdout.write("\n");
  print(machineTable(about));
  if (faults) [faultsTable(faults), troubleTable(faults)].forEach(print);
  if (knee) [kneeTable(knee), limitTable(knee)].forEach(print);
  const files =
    faults && knee && isWhole(options)
      ? keepResults({ ...about, faults, knee })
      : [noteResults({ ...about, ...(faults && { faults }), ...(knee && { knee }) })];
  progress(`written to ${files.join(" and ")}`);
  return faults && !isGood(faults) ? 1 : 0;
}

function print(table: Table): void {
  process.stdout.write(`${tableLines(table).join("\n")}\n`);
}
