import { App, type Stack } from "aws-cdk-lib";
import cdkJson from "../../cdk.json" with { type: "json" };
import { readAssembly } from "./assembly.ts";
import type { SynthesizedStack } from "./template.ts";

/**
 * Synthesises a stack in this process, with the context of `cdk.json`. Unchecked, which saves seconds: `npm run synth`
 * checks.
 *
 * @param outdir where the assembly is written; the functions' code is run from there.
 */
export function synthesize(build: (app: App) => Stack, outdir: string): SynthesizedStack {
  const app = new App({
    outdir,
    context: cdkJson.context,
    analyticsReporting: false,
    builtinCloudFormationValidation: false,
  });
  const { artifactId } = build(app);
  return readAssembly(app.synth().directory, artifactId);
}
