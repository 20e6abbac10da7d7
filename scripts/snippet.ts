import { createHash } from "node:crypto";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { buildSync } from "esbuild";

export const snippetBudgetBytes = 4_096;

export type Snippet = {
  readonly script: string;
  readonly gzippedBytes: number;
  /** Subresource Integrity, for the script tag. */
  readonly integrity: string;
};

/**
 * Makes one script of `browser/throughline.js`. The same sources and the same esbuild give the same bytes.
 *
 * @throws Error with esbuild's messages when it does not build; when it is larger than the budget.
 */
export function buildSnippet(): Snippet {
  const { outputFiles } = buildSync({
    entryPoints: ["browser/throughline.js"],
    absWorkingDir: fileURLToPath(new URL("..", import.meta.url)),
    bundle: true,
    format: "iife",
    minify: true,
    target: "es2020",
    charset: "utf8",
    logLevel: "silent",
    write: false,
  });
  const [{ contents, text: script } = { contents: new Uint8Array(), text: "" }] = outputFiles;
  const gzippedBytes = gzipSync(contents, { level: 9 }).byteLength;
  if (gzippedBytes > snippetBudgetBytes) {
    throw new Error(`browser/throughline.js is ${gzippedBytes} bytes gzipped, of ${snippetBudgetBytes} at most`);
  }
  return { script, gzippedBytes, integrity: `sha384-${createHash("sha384").update(contents).digest("base64")}` };
}
