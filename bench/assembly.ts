import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Concurrency } from "../lib/concurrency.ts";
import { ThroughlineStack } from "../lib/throughline-stack.ts";
import { synthesize } from "../local/template/synthesize.ts";
import type { SynthesizedStack } from "../local/template/template.ts";
import { stage } from "./system.ts";

/**
 * Synthesises the stack once, when it is first asked for, into a folder of its own that goes with the owner.
 *
 * @param concurrency as it is deployed, by default without what a deployment has to ask for.
 */
export function assembly(
  owner: DisposableStack,
  onProgress: (step: string) => void,
  concurrency: Concurrency = {},
): () => SynthesizedStack {
  let stack: SynthesizedStack | undefined;
  return () => {
    if (stack) return stack;
    onProgress("synthesising the stack");
    const directory = mkdtempSync(join(tmpdir(), "throughline-bench-"));
    owner.defer(() => rmSync(directory, { recursive: true, force: true }));
    stack = synthesize(
      (app) =>
        new ThroughlineStack(app, `Throughline-${stage}`, {
          stage,
          concurrency,
          language: { provider: "extractive" },
        }),
      directory,
    );
    return stack;
  };
}
