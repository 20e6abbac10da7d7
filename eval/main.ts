import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { circumstances } from "../bench/machine.ts";
import { tableLines } from "../bench/table.ts";
import { languageProviders } from "../lambdas/domain/product/language-settings.ts";
import { runCommand } from "../local/run-command.ts";
import { candidateOf } from "./models.ts";
import { type Options, readCommand, usage } from "./options.ts";
import { type AdapterResult, evaluate, isSound } from "./run.ts";
import { recordedSessions } from "./session.ts";
import { tableOf } from "./tables.ts";

await runCommand(readCommand(process.argv.slice(2)), usage, async ({ options }) => ((await run(options)) ? 0 : 1));

/** Asks, prints and writes. @returns whether nothing went wrong. */
async function run({ adapter: only, json }: Options): Promise<boolean> {
  const { date, commit, changed } = circumstances();
  const sessions = recordedSessions();
  const adapters: Record<string, AdapterResult> = {};
  for (const adapter of languageProviders) {
    if (only !== undefined && only !== adapter) continue;
    const progress = (session: string) => void process.stderr.write(`${adapter}: ${session}\n`);
    adapters[adapter] = await evaluate(candidateOf(adapter, process.env), sessions, progress);
  }
  const results = `${JSON.stringify({ date, commit, changed, adapters }, null, 2)}\n`;
  process.stdout.write(json ? results : tablesText(adapters));
  write(only === undefined ? "./results.json" : "../.throughline/eval.json", results);
  return Object.values(adapters).every(isSound);
}

function tablesText(adapters: Readonly<Record<string, AdapterResult>>): string {
  const lines = Object.entries(adapters).flatMap(([adapter, result]) => tableLines(tableOf(adapter, result)));
  return `\n${lines.join("\n")}\n`;
}

function write(path: string, results: string): void {
  const file = fileURLToPath(new URL(path, import.meta.url));
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, results);
  process.stderr.write(`written to ${file}\n`);
}
