import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { Stack, Stage } from "aws-cdk-lib";
import { Code } from "aws-cdk-lib/aws-lambda";
import { Construct } from "constructs";
import { buildSync } from "esbuild";

const root = fileURLToPath(new URL("..", import.meta.url));

/** Dependencies that are still CommonJS call `require` for Node's own modules; an ES module has none. */
const requireForCommonJs = 'import{createRequire}from"node:module";const require=createRequire(import.meta.url);';

/**
 * Where the SDK would look for credentials after the environment, in which a function always has them: a quarter of a
 * receiver's code, loaded on demand only.
 */
const neverAsked = [
  "@aws-sdk/credential-provider-http",
  "@aws-sdk/credential-provider-ini",
  "@aws-sdk/credential-provider-process",
  "@aws-sdk/credential-provider-sso",
  "@aws-sdk/credential-provider-web-identity",
  "@smithy/credential-provider-imds",
];

/** The entry points `lambdas/handlers/<handler>.ts`. */
const handlers = [
  "actor-worker",
  "add-product",
  "deadline-relay",
  "health",
  "issue-stream-token",
  "language-worker",
  "push-delivery",
  "read-context",
  "receive-actions",
  "receive-browser-events",
  "receive-chat-webhook",
  "receive-page-reports",
  "receive-source-webhook",
  "stream-session",
  "suggest-labels",
] as const;

/** The name of an entry point: `lambdas/handlers/<handler>.ts`, which exports `handler`. */
export type Handler = (typeof handlers)[number];

/**
 * The code of an entry point as one ES module with everything it imports: the AWS SDK too, so that what was tested is
 * what runs. It is left in the assembly as `bundles/<handler>/index.mjs`.
 *
 * A stack that the CDK wants no bundles of (context `aws:cdk:bundling-stacks`: it is listed, destroyed, or only its
 * template is looked at) gets the sources in their place.
 *
 * @throws Error with esbuild's messages when the code does not build.
 */
export function bundledCode(scope: Construct, handler: Handler): Code {
  if (!Stack.of(scope).bundlingRequired) return Code.fromAsset(join(root, "lambdas/handlers"));
  const stage = Stage.of(scope);
  if (!stage) throw new Error(`${scope.node.path} is in no app`);
  const bundles = stage.node.tryFindChild(Bundles.id) ?? new Bundles(stage);
  return (bundles as Bundles).code(handler);
}

/**
 * What esbuild makes of all entry points, once for an assembly: they share most of what it has to parse.
 *
 * esbuild runs right here. `NodejsFunction` would start it through `npx`, half a second a function, and fall back to
 * Docker.
 */
class Bundles extends Construct {
  static readonly id = "Bundles";
  private readonly directory: string;
  private readonly contents: ReadonlyMap<string, Uint8Array>;

  constructor(stage: Stage) {
    super(stage, Bundles.id);
    this.directory = resolve(stage.assetOutdir, "bundles");
    const { outputFiles } = buildSync({
      entryPoints: handlers.map((handler) => ({ in: `lambdas/handlers/${handler}.ts`, out: `${handler}/index` })),
      outdir: this.directory,
      outExtension: { ".js": ".mjs" },
      write: false,
      bundle: true,
      platform: "node",
      target: "node24",
      format: "esm",
      mainFields: ["module", "main"],
      minify: true,
      external: neverAsked,
      banner: { js: requireForCommonJs },
      legalComments: "none",
      logLevel: "warning",
      absWorkingDir: root,
    });
    this.contents = new Map(outputFiles.map(({ path, contents }) => [path, contents]));
  }

  code(handler: Handler): Code {
    const directory = join(this.directory, handler);
    const file = join(directory, "index.mjs");
    const contents = this.contents.get(file);
    if (!contents) throw new Error(`esbuild made no ${file}`);
    mkdirSync(directory, { recursive: true });
    writeFileSync(file, contents);
    return Code.fromAsset(directory);
  }
}
