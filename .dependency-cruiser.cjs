/** The import rule (docs/architecture.md, "Rooms"): who may know whom. CI runs it; test/imports.test.ts proves it. */
const only = (name, from, allowed, comment) => ({
  name,
  severity: "error",
  comment,
  from: { path: from },
  to: { pathNot: allowed },
});

module.exports = {
  forbidden: [
    only(
      "domain-is-pure",
      "^lambdas/domain/",
      ["^lambdas/domain/", "node_modules/zod/", "^(node:)?crypto$"],
      "domain knows itself and zod: no SDK, clock, environment, randomness or I/O",
    ),
    only(
      "app-knows-domain",
      "^lambdas/app/",
      ["^lambdas/app/", "^lambdas/domain/"],
      "a use case speaks to the world through app/ports.ts",
    ),
    {
      ...only(
        "adapters-stand-alone",
        "^lambdas/adapters/([^/]+)/",
        [
          "^lambdas/adapters/($1|aws)/",
          "^lambdas/app/ports\\.ts$",
          "^lambdas/domain/",
          "node_modules/(@aws-sdk|@aws-lambda-powertools|@smithy|zod)/",
          "^(node:)?(crypto|timers|timers/promises)$",
        ],
        "an adapter knows the ports, domain types, its SDK and what all AWS clients share (adapters/aws); never another adapter",
      ),
    },
    only(
      "handlers-compose",
      "^lambdas/handlers/",
      [
        "^lambdas/",
        "node_modules/(@aws-sdk|@aws-lambda-powertools|@middy|@types/aws-lambda|zod)/",
        "^(node:)?(buffer|crypto)$",
      ],
      "handlers compose what is in lambdas/",
    ),
    only("environment-knows-nothing", "^lambdas/environment\\.ts$", ["^lambdas/environment\\.ts$"], "read by lib too"),
    only(
      "lib-knows-cdk",
      "^(lib|bin)/",
      [
        "^(lib|bin)/",
        "^lambdas/environment\\.ts$",
        "node_modules/(aws-cdk-lib|constructs|cdk-nag)/",
        "^(node:)?(path|url|fs)$",
      ],
      "infrastructure shares only the names of the environment variables with the functions",
    ),
    {
      name: "nobody-imports-entry-points",
      severity: "error",
      comment: "handlers, local and bin are where programs start",
      from: { path: "^(lambdas|lib)/", pathNot: "^lambdas/handlers/" },
      to: { path: "^(lambdas/handlers|local|bin|test|bench)/" },
    },
    {
      name: "no-cycles",
      severity: "error",
      comment: "a cycle of values is one module in two files",
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    { name: "resolvable", severity: "error", from: {}, to: { couldNotResolve: true } },
    {
      name: "one-hash",
      severity: "error",
      comment: "domain/actor/hash.ts is the domain's only use of a Node module",
      from: { path: "^lambdas/domain/", pathNot: "^lambdas/domain/actor/hash\\.ts$" },
      to: { dependencyTypes: ["core"] },
    },
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
