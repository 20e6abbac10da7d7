import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { buildSnippet, snippetBudgetBytes } from "./snippet.ts";

const browser = join(import.meta.dirname, "../browser");

if (process.argv.includes("--help")) {
  process.stdout.write(
    "npm run snippet: writes browser/dist/throughline.js, and prints the tag with which to load it\n",
  );
} else {
  const { script, gzippedBytes, integrity } = buildSnippet();
  mkdirSync(join(browser, "dist"), { recursive: true });
  writeFileSync(join(browser, "dist/throughline.js"), script);
  copyFileSync(join(browser, "throughline.d.ts"), join(browser, "dist/throughline.d.ts"));
  process.stdout.write(`browser/dist/throughline.js, ${gzippedBytes} of ${snippetBudgetBytes} bytes gzipped

<script src="/throughline.js" integrity="${integrity}"></script>
`);
}
