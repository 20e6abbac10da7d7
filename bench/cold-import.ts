import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { percentile, rounded } from "./statistics.ts";

const script =
  "const before = performance.now(); await import(process.argv[1]); process.stdout.write(String(performance.now() - before));";

/**
 * The median time of importing a module in a process that has imported nothing yet, ms.
 *
 * @param environment the whole environment of that process.
 * @throws Error with what the process wrote, when the import fails.
 */
export function coldImportMs(file: string, environment: Readonly<Record<string, string>>, times: number): number {
  const samples = Array.from({ length: times }, () => {
    const args = ["--input-type=module", "--eval", script, pathToFileURL(file).href];
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { env: { ...environment }, encoding: "utf8" });
    if (status !== 0) throw new Error(`${file} cannot be imported: ${stderr}`);
    return Number(stdout);
  });
  return rounded(percentile(samples, 0.5), 1);
}

/** What importing costs when there is nothing to import. */
export function writeEmptyModule(): { readonly file: string; [Symbol.dispose](): void } {
  const directory = mkdtempSync(join(tmpdir(), "throughline-empty-"));
  const file = join(directory, "index.mjs");
  writeFileSync(file, "");
  return { file, [Symbol.dispose]: () => rmSync(directory, { recursive: true, force: true }) };
}
