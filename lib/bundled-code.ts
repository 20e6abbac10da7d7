import { fileURLToPath } from "node:url";
import { Stack, Stage } from "aws-cdk-lib";
import { Code } from "aws-cdk-lib/aws-lambda";
import type { Construct } from "constructs";
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

/**
 * The code of the entry point `lambdas/handlers/<handler>.ts` as one ES module with everything it imports: the AWS SDK
 * too, so that what was tested is what runs. It is left in the assembly as `bundles/<handler>/index.mjs`.
 *
 * esbuild runs right here. `NodejsFunction` would start it through `npx`, half a second a function, and fall back to
 * Docker.
 *
 * A stack that the CDK wants no bundles of (context `aws:cdk:bundling-stacks`: it is listed, destroyed, or only its
 * template is looked at) gets the sources in their place.
 *
 * @throws Error with esbuild's messages when the code does not build.
 */
export function bundledCode(scope: Construct, handler: string): Code {
  if (!Stack.of(scope).bundlingRequired) return Code.fromAsset(`${root}/lambdas/handlers`);
  const directory = `${Stage.of(scope)?.assetOutdir}/bundles/${handler}`;
  buildSync({
    entryPoints: [`lambdas/handlers/${handler}.ts`],
    outfile: `${directory}/index.mjs`,
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
  return Code.fromAsset(directory);
}
