import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { runCommand } from "../local/run-command.ts";
import { buildSnippet, snippetBudgetBytes } from "./snippet.ts";

const browser = join(import.meta.dirname, "../browser");

const usage = `Usage: npm run snippet

Writes browser/dist/throughline.js and its types, and prints the tag with which a page loads it.

  --help        this text
`;

type Command = { readonly kind: "run" | "help" } | { readonly kind: "wrong"; readonly problem: string };

function readCommand(args: readonly string[]): Command {
  try {
    const { values } = parseArgs({ args: [...args], options: { help: { type: "boolean", default: false } } });
    return { kind: values.help ? "help" : "run" };
  } catch (problem) {
    return { kind: "wrong", problem: problem instanceof Error ? problem.message : String(problem) };
  }
}

await runCommand(readCommand(process.argv.slice(2)), usage, () => {
  const { script, gzippedBytes, integrity } = buildSnippet();
  mkdirSync(join(browser, "dist"), { recursive: true });
  writeFileSync(join(browser, "dist/throughline.js"), script);
  copyFileSync(join(browser, "throughline.d.ts"), join(browser, "dist/throughline.d.ts"));
  process.stdout.write(`browser/dist/throughline.js, ${gzippedBytes} of ${snippetBudgetBytes} bytes gzipped

<script src="/throughline.js" integrity="${integrity}"></script>
`);
  return 0;
});
