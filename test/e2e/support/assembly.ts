import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { ThroughlineStack } from "../../../lib/throughline-stack.ts";
import { synthesize } from "../../../local/template/synthesize.ts";
import { reportGrants } from "./grants.ts";
import { knowledgeBaseId } from "./knowledge-base.ts";

/** Where the run's one assembly lies, and what its stack is called. */
export type ProvidedAssembly = { readonly directory: string; readonly stackName: string; readonly stage: string };

declare module "vitest" {
  interface ProvidedContext {
    assembly: ProvidedAssembly;
  }
}

const directory = mkdtempSync(join(tmpdir(), "throughline-e2e-"));

/** Synthesises the stack once for all end-to-end tests; each file boots it for itself. */
export function setup(project: TestProject): void {
  const stage = "e2e";
  // The stack's own visibility timeout: as in AWS no turn outlives it, however busy the machine. A test that kills
  // workers boots with redeliversAtOnce.
  const localTimings = { configurationTtlS: 1 };
  const language = { provider: "bedrock", knowledgeBaseIds: [knowledgeBaseId] };
  const concurrency = { pushers: 2, streams: 10 };
  const { stackName } = synthesize(
    (app) => new ThroughlineStack(app, `Throughline-${stage}`, { stage, language, concurrency, localTimings }),
    directory,
  );
  project.provide("assembly", { directory, stackName, stage });
}

/** A run of some files only is no evidence against a grant: its report is longer, and says nothing of the others. */
export function teardown(): void {
  process.stdout.write(`\n${reportGrants(directory).join("\n  ")}\n`);
  rmSync(directory, { recursive: true, force: true });
}
