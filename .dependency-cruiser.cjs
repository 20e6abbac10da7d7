/**
 * The import rule (docs/architecture.md): who may know whom. Each room lists what it may know, so that what nobody
 * thought of is forbidden. `npm run imports` applies it; test/imports.test.ts proves that every rule bites.
 */
const only = (name, comment, from, allowed) => ({
  name,
  comment,
  severity: "error",
  from: typeof from === "string" ? { path: from } : from,
  to: { pathNot: allowed },
});

const packages = (...names) => `(^|/)node_modules/(${names.join("|")})/`;
const builtins = (...names) => `^(node:)?(${names.join("|")})$`;

module.exports = {
  forbidden: [
    only(
      "domain-is-pure",
      "domain knows itself and zod: no SDK, clock, environment, randomness or I/O",
      { path: "^lambdas/domain/", pathNot: "^lambdas/domain/actor/hash\\.ts$" },
      ["^lambdas/domain/", packages("zod")],
    ),
    only("one-hash", "the domain's only use of a Node module", "^lambdas/domain/actor/hash\\.ts$", [
      "^lambdas/domain/",
      builtins("crypto"),
    ]),
    only("app-knows-domain", "a use case speaks to the world through app/ports.ts", "^lambdas/app/", [
      "^lambdas/(app|domain)/",
      packages("zod"),
    ]),
    only(
      "adapters-stand-alone",
      "an adapter knows the ports, domain types, its SDK and what all clients of AWS (adapters/aws) or of HTTP (adapters/http) share; never another adapter",
      "^lambdas/adapters/([^/]+)",
      [
        "^lambdas/adapters/($1|aws|http)/",
        "^lambdas/app/((feed-|operator-|language-|push-|stream-|webhook-)?ports|offer-guards)\\.ts$",
        "^lambdas/domain/",
        packages("@aws-sdk", "@aws-lambda-powertools", "@smithy", "zod"),
        builtins("buffer", "crypto", "timers", "timers/promises", "zlib"),
      ],
    ),
    only("handlers-compose", "handlers compose what is in lambdas/", "^lambdas/handlers/", [
      "^lambdas/",
      packages("@aws-sdk", "@aws-lambda-powertools", "@middy", "@types/aws-lambda", "zod"),
      builtins("buffer", "crypto", "stream", "stream/promises"),
    ]),
    only("environment-knows-nothing", "lib reads it too", "^lambdas/environment\\.ts$", ["^$"]),
    only(
      "lambdas-has-four-rooms",
      "a folder of lambdas/ that no rule above names may import nothing",
      { path: "^lambdas/", pathNot: "^lambdas/((adapters|app|domain|handlers)/|environment\\.ts$)" },
      ["^$"],
    ),
    only(
      "lib-knows-cdk",
      "infrastructure shares only the names of the environment variables with the functions",
      "^lib/",
      [
        "^lib/",
        "^(cdk|package)\\.json$",
        "^lambdas/environment\\.ts$",
        packages("aws-cdk-lib", "constructs", "cdk-nag", "esbuild"),
        builtins("path", "url", "fs"),
      ],
    ),
    only("cli-composes", "the command line composes what is in lambdas/, but for its entry points", "^cli/", [
      "^cli/",
      "^lambdas/((adapters|app|domain)/|environment\\.ts$)",
      packages("@aws-sdk", "@smithy", "zod"),
      builtins(
        "crypto",
        "fs",
        "fs/promises",
        "path",
        "readline",
        "stream",
        "stream/consumers",
        "timers/promises",
        "util",
      ),
    ]),
    only("browser-stands-alone", "what runs in other people's pages has no dependency", "^browser/", ["^browser/"]),
    only(
      "page-runs-in-a-browser",
      "what the page of npm start loads is served as it is; types alone come from elsewhere",
      "^local/page/public/",
      ["^local/page/public/", "^browser/throughline\\.d\\.ts$", packages("posthog-js")],
    ),
    only("bin-starts-lib", "the CDK app: stages only", "^bin/", ["^(bin|lib)/", builtins("path", "url", "fs")]),
    {
      name: "bench-composes",
      comment:
        "bench and chaos compose as local does, and the bench takes the tests' in-memory ports along; handlers they run as deployed",
      severity: "error",
      from: { path: "^(bench|chaos)/" },
      to: { path: "^(lambdas/handlers|bin|cli|test/(?!support/))" },
    },
    {
      name: "nobody-imports-bench",
      comment: "but what tests it, and chaos and eval, which measure too",
      severity: "error",
      from: { pathNot: "^(bench|chaos|eval|test/(bench|chaos))/" },
      to: { path: "^bench/" },
    },
    {
      name: "nobody-imports-chaos",
      comment: "but what tests it",
      severity: "error",
      from: { pathNot: "^(chaos|test/chaos)/" },
      to: { path: "^chaos/" },
    },
    only(
      "eval-composes",
      "the evaluation takes the way of a summary as it is shipped, without the system around it",
      "^eval/",
      [
        "^eval/",
        "^lambdas/(adapters|app|domain)/",
        "^bench/(machine|table)\\.ts$",
        "^local/run-command\\.ts$",
        packages("@aws-sdk", "@smithy", "zod"),
        builtins("fs", "path", "url", "util"),
      ],
    ),
    {
      name: "nobody-imports-eval",
      comment: "but what tests it",
      severity: "error",
      from: { pathNot: "^(eval|test/eval)/" },
      to: { path: "^eval/" },
    },
    {
      name: "simulation-plays-what-is-shipped",
      comment: "use cases, domain and adapters, with the tests' in-memory ports; no handler, for it speaks to AWS",
      severity: "error",
      from: { path: "^test/simulation/" },
      to: { path: "^(lambdas/handlers|bin|cli|lib|bench|test/(?!support/|simulation/))" },
    },
    {
      name: "nobody-imports-entry-points",
      comment: "handlers, bin and cli are where programs start, tests are their ends",
      severity: "error",
      from: { path: "^local/" },
      to: { path: "^(lambdas/handlers|bin|cli|test)/" },
    },
    only(
      "fake-model-knows-nothing-of-ours",
      "a stand-in for somebody else's server: what it shared with the adapters that it tests, it could not find wrong",
      "^local/fake-model/",
      ["^local/fake-model/", "^local/http-server\\.ts$", packages("zod")],
    ),
    {
      name: "no-cycles",
      comment: "a cycle of values is one module in two files",
      severity: "error",
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    { name: "resolvable", severity: "error", from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
      extensions: [".ts", ".js", ".mjs", ".cjs", ".json", ".d.ts"],
    },
  },
};
