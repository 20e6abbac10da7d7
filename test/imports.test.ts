import { spawnSync } from "node:child_process";
import { cpSync, globSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as z from "zod";

const root = fileURLToPath(new URL("..", import.meta.url));
const folders = ["bin", "browser", "cli", "lib", "lambdas", "local", "bench", "chaos", "eval", "test"];

const report = z.object({
  modules: z.array(z.object({ source: z.string() })),
  summary: z.object({
    violations: z.array(z.object({ from: z.string(), to: z.string(), rule: z.object({ name: z.string() }) })),
  }),
});

/** Runs dependency-cruiser on a tree as `npm run imports` does, but for its output. */
function cruise(tree: string) {
  const bin = join(root, "node_modules/dependency-cruiser/bin/dependency-cruiser.mjs");
  const args = [bin, "--config", ".dependency-cruiser.cjs", "--output-type", "json", ...folders];
  const { stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: tree,
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
  });
  if (!stdout) throw new Error(`dependency-cruiser reported nothing: ${stderr}`);
  const { modules, summary } = report.parse(JSON.parse(stdout));
  return {
    read: new Set(modules.map(({ source }) => source)),
    violations: summary.violations.map(({ from, to, rule }) => ({ from, to, rule: rule.name })),
  };
}

const sources = (tree: string) => globSync(`{${folders.join(",")}}/**/*.{ts,js}`, { cwd: tree }).sort();

/** One import each that a rule forbids: where, what, and the rule that must object. */
const planted: readonly (readonly [file: string, imports: string, rule: string])[] = [
  ["lambdas/domain/planted-sdk.ts", "@aws-sdk/client-sqs", "domain-is-pure"],
  ["lambdas/domain/planted-port.ts", "../app/ports.ts", "domain-is-pure"],
  ["lambdas/domain/actor/planted-files.ts", "node:fs", "domain-is-pure"],
  ["lambdas/domain/actor/planted-hash.ts", "node:crypto", "domain-is-pure"],
  ["lambdas/domain/sources/planted-zlib.ts", "node:zlib", "domain-is-pure"],
  ["lambdas/domain/actor/hash.ts", "node:fs", "one-hash"],
  ["lambdas/app/planted-adapter.ts", "../adapters/system/clock.ts", "app-knows-domain"],
  ["lambdas/app/planted-sdk.ts", "@aws-sdk/client-sqs", "app-knows-domain"],
  ["lambdas/app/planted-builtin.ts", "node:timers/promises", "app-knows-domain"],
  ["lambdas/adapters/sqs/planted-neighbour.ts", "../system/clock.ts", "adapters-stand-alone"],
  ["lambdas/adapters/aws/planted-neighbour.ts", "../system/clock.ts", "adapters-stand-alone"],
  ["lambdas/adapters/sqs/planted-use-case.ts", "../../app/planted-builtin.ts", "adapters-stand-alone"],
  ["lambdas/adapters/planted-homeless.ts", "./system/clock.ts", "adapters-stand-alone"],
  ["lambdas/adapters/sqs/planted-environment.ts", "../../environment.ts", "adapters-stand-alone"],
  ["lambdas/adapters/language-model/planted-neighbour.ts", "../ssm/parameters.ts", "adapters-stand-alone"],
  ["lambdas/adapters/knowledge-base/planted-neighbour.ts", "../language-model/chosen.ts", "adapters-stand-alone"],
  ["lambdas/adapters/http/planted-neighbour.ts", "../intercom/request.ts", "adapters-stand-alone"],
  ["lambdas/handlers/planted-local.ts", "../../local/planted-local.ts", "handlers-compose"],
  ["lambdas/handlers/planted-bin.ts", "../../bin/throughline.ts", "handlers-compose"],
  ["lambdas/handlers/planted-lib.ts", "../../lib/throughline-stack.ts", "handlers-compose"],
  ["lambdas/handlers/planted-files.ts", "node:fs", "handlers-compose"],
  ["lambdas/app/planted-handler.ts", "../handlers/health.ts", "app-knows-domain"],
  ["lambdas/environment.ts", "./domain/actor/keys.ts", "environment-knows-nothing"],
  ["lambdas/other/planted.ts", "../domain/actor/keys.ts", "lambdas-has-four-rooms"],
  ["lib/planted-domain.ts", "../lambdas/domain/actor/keys.ts", "lib-knows-cdk"],
  ["lib/planted-sdk.ts", "@aws-sdk/client-sqs", "lib-knows-cdk"],
  ["lib/planted-bin.ts", "../bin/throughline.ts", "lib-knows-cdk"],
  ["lib/planted-local.ts", "../local/planted-local.ts", "lib-knows-cdk"],
  ["cli/planted-handler.ts", "../lambdas/handlers/health.ts", "cli-composes"],
  ["cli/planted-lib.ts", "../lib/throughline-stack.ts", "cli-composes"],
  ["cli/planted-local.ts", "../local/planted-local.ts", "cli-composes"],
  ["lambdas/handlers/planted-cli.ts", "../../cli/errors.ts", "handlers-compose"],
  ["lib/planted-cli.ts", "../cli/errors.ts", "lib-knows-cdk"],
  ["local/planted-cli.ts", "../cli/errors.ts", "nobody-imports-entry-points"],
  ["browser/planted-package.ts", "zod", "browser-stands-alone"],
  ["local/page/public/planted-page.js", "../visitors.ts", "page-runs-in-a-browser"],
  ["bin/planted-lambdas.ts", "../lambdas/environment.ts", "bin-starts-lib"],
  ["local/planted-test.ts", "../test/planted-unresolvable.ts", "nobody-imports-entry-points"],
  ["local/planted-bin.ts", "../bin/throughline.ts", "nobody-imports-entry-points"],
  ["local/planted-handler.ts", "../lambdas/handlers/health.ts", "nobody-imports-entry-points"],
  ["bench/planted-handler.ts", "../lambdas/handlers/health.ts", "bench-composes"],
  ["bench/planted-test.ts", "../test/planted-unresolvable.ts", "bench-composes"],
  ["bench/planted-cli.ts", "../cli/errors.ts", "bench-composes"],
  ["local/planted-bench.ts", "../bench/statistics.ts", "nobody-imports-bench"],
  ["chaos/planted-handler.ts", "../lambdas/handlers/health.ts", "bench-composes"],
  ["local/planted-chaos.ts", "../chaos/options.ts", "nobody-imports-chaos"],
  ["eval/planted-handler.ts", "../lambdas/handlers/health.ts", "eval-composes"],
  ["eval/planted-bench.ts", "../bench/statistics.ts", "eval-composes"],
  ["local/planted-eval.ts", "../eval/options.ts", "nobody-imports-eval"],
  ["test/simulation/planted-handler.ts", "../../lambdas/handlers/health.ts", "simulation-plays-what-is-shipped"],
  [
    "local/fake-model/planted-adapter.ts",
    "../../lambdas/adapters/http/post-json.ts",
    "fake-model-knows-nothing-of-ours",
  ],
  ["local/fake-model/planted-gateway.ts", "../gateway.ts", "fake-model-knows-nothing-of-ours"],
  ["local/planted-cycle.ts", "./planted-other.ts", "no-cycles"],
  ["test/planted-unresolvable.ts", "./nowhere.ts", "resolvable"],
];

describe("the import rule, on the tree as it is", () => {
  const result = cruise(root);

  it("reads every module", () => {
    expect(sources(root).length).toBeGreaterThan(50);
    expect(sources(root).filter((file) => !result.read.has(file))).toEqual([]);
  });

  it("finds no violation", () => {
    expect(result.violations).toEqual([]);
  });
});

describe("the import rule, on a copy with planted violations", () => {
  const tree = mkdtempSync(join(tmpdir(), "imports-"));
  let violations: ReturnType<typeof cruise>["violations"] = [];

  beforeAll(() => {
    const configuration = [".dependency-cruiser.cjs", "tsconfig.json", "package.json", "cdk.json"];
    for (const name of [
      ...folders.filter((folder) => folder !== "test"),
      "test/support",
      "test/fixtures",
      "scripts",
      ...configuration,
    ]) {
      cpSync(join(root, name), join(tree, name), { recursive: true });
    }
    symlinkSync(join(root, "node_modules"), join(tree, "node_modules"));
    const write = (file: string, text: string) => {
      mkdirSync(dirname(join(tree, file)), { recursive: true });
      writeFileSync(join(tree, file), text);
    };
    // What the planted imports point at. A cycle is reported once, for its first module by name.
    write("local/planted-local.ts", "export const here = true;\n");
    write("local/planted-other.ts", 'import "./planted-cycle.ts";\nexport const here = true;\n');
    for (const [file, imports] of planted) write(file, `import "${imports}";\nexport const planted = true;\n`);
    violations = cruise(tree).violations;
  });

  afterAll(() => rmSync(tree, { recursive: true, force: true }));

  it.each(planted)("%s may not import %s", (file, _imports, rule) => {
    expect(violations.filter(({ from }) => from === file).map((violation) => violation.rule)).toEqual([rule]);
  });

  it("objects to nothing else", () => {
    const files = new Set(planted.map(([file]) => file));
    expect(violations.filter(({ from }) => !files.has(from))).toEqual([]);
  });

  it("plants a violation of every rule", () => {
    const configuration = createRequire(import.meta.url)("../.dependency-cruiser.cjs");
    const { forbidden } = z.object({ forbidden: z.array(z.object({ name: z.string() })) }).parse(configuration);
    const rules = forbidden.map(({ name }) => name).sort();
    expect([...new Set(planted.map(([, , rule]) => rule))].sort()).toEqual(rules);
  });
});
