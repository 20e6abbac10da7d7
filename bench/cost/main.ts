import { writeFileSync } from "node:fs";
import { runCommand } from "../../local/run-command.ts";
import { tableLines } from "../table.ts";
import { defaults } from "./assumptions.ts";
import { readCommand, usageText } from "./options.ts";
import { costTables } from "./tables.ts";
import { committedBasis, PAGE, PLOT, writtenFiles } from "./written.ts";

await runCommand(readCommand(process.argv.slice(2)), usageText, ({ assumed }) => {
  run({ ...committedBasis(), assumed });
  return 0;
});

function run(basis: ReturnType<typeof committedBasis>): void {
  const { counts, prices, assumed } = basis;
  const counted = `${counts.date.slice(0, 10)} (${counts.commit.slice(0, 7)})`;
  process.stdout.write(`Counted ${counted}, by list prices of ${prices.region} read ${prices.read}\n\n`);
  const { prices: _, ...printed } = costTables(basis);
  for (const table of Object.values(printed)) process.stdout.write(`${tableLines(table).join("\n")}\n`);
  if (JSON.stringify(assumed) !== JSON.stringify(defaults)) {
    process.stdout.write(`Nothing was written: ${PAGE} and ${PLOT} tell of the defaults.\n`);
    return;
  }
  for (const [file, content] of writtenFiles(basis)) {
    writeFileSync(new URL(`../../${file}`, import.meta.url), content);
    process.stdout.write(`${file}\n`);
  }
}
