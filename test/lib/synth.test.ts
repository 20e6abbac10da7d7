import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { assemblyDirectory } from "./synthesis.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const outdir = assemblyDirectory();

/** Runs a program as `npm run synth` does: by plain Node, with nothing of the CDK's command line around it. */
function run(program: string, args: readonly string[] = [], env: Readonly<Record<string, string>> = {}) {
  const result = spawnSync(process.execPath, [join(root, program), ...args], {
    cwd: root,
    encoding: "utf8",
    env: { PATH: process.env.PATH ?? "", CDK_OUTDIR: outdir, ...env },
  });
  return { status: result.status, output: result.stdout + result.stderr };
}

describe("the synthesis", () => {
  it("makes the stage that the context names, and says in one line what it made", () => {
    const { status, output } = run("bin/throughline.ts", [], {
      CDK_CONTEXT_JSON: JSON.stringify({ stage: "staging" }),
    });

    expect(output).toMatch(/^Throughline-staging: \d+ resources; actor-worker \d+ KB, .*\n$/);
    expect(status).toBe(0);
    expect(existsSync(join(outdir, "Throughline-staging.template.json"))).toBe(true);
  });

  it("takes from the context who may run at once, and who writes, and bundles nothing for whom it need not", () => {
    const context = {
      "aws:cdk:bundling-stacks": [],
      stage: "staging",
      writers: "3",
      language: "extractive",
      bedrockModel: "eu.amazon.nova-lite-v1:0",
      knowledgeBases: "ABCDE12345, FGHIJ67890",
    };
    const { status, output } = run("bin/throughline.ts", [], { CDK_CONTEXT_JSON: JSON.stringify(context) });

    expect(output).toMatch(/^Throughline-staging: \d+ resources; no bundles\n$/);
    expect(status).toBe(0);
    const template = readFileSync(join(outdir, "Throughline-staging.template.json"), "utf8");
    expect(template).toMatch(/"LANGUAGE_PROVIDER": "extractive",\s+"BEDROCK_MODEL_ID": "eu.amazon.nova-lite-v1:0"/);
    expect(template).toContain(":knowledge-base/FGHIJ67890");
    expect(template).toContain('"MaximumConcurrency": 3');
  });

  it("says what is wrong with a context, and makes nothing", () => {
    const { status, output } = run("bin/throughline.ts", [], {
      CDK_CONTEXT_JSON: JSON.stringify({ stage: "staging", language: "gpt" }),
    });

    expect(output).toContain('The language provider must be bedrock, openai, extractive; received "gpt"');
    expect(status).not.toBe(0);
  });

  it.each([
    ["practice", "AwsSolutions-SQS"],
    ["template", "Retention"],
  ])("fails on a planted violation of %s, and names it", (violation, named) => {
    const { status, output } = run("test/lib/planted-violation.ts", [violation]);

    expect(output).toContain(named);
    expect(status).not.toBe(0);
  });

  it("passes where nothing was planted", () => {
    expect(run("test/lib/planted-violation.ts", ["none"])).toEqual({ status: 0, output: "" });
  });
});
