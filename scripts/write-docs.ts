import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { generatedDocs } from "./generated-docs.ts";

for (const [file, content] of generatedDocs()) {
  writeFileSync(join(import.meta.dirname, "..", file), content);
  process.stdout.write(`${file}\n`);
}
