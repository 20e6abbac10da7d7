import { readFileSync } from "node:fs";
import { join } from "node:path";
import { App, type Stack } from "aws-cdk-lib";
import * as z from "zod";
import cdkJson from "../../cdk.json" with { type: "json" };
import type { SynthesizedStack, Template } from "./template.ts";

const assetManifest = z.object({
  files: z.record(
    z.string(),
    z.object({
      source: z.object({ path: z.string(), packaging: z.string() }),
      destinations: z.record(z.string(), z.object({ objectKey: z.string() })),
    }),
  ),
});

/**
 * Synthesises a stack in this process, with the context of `cdk.json`.
 *
 * @param outdir where the assembly is written; the functions' code is run from there.
 */
export function synthesize(build: (app: App) => Stack, outdir: string): SynthesizedStack {
  const app = new App({ outdir, context: cdkJson.context, analyticsReporting: false });
  const { artifactId } = build(app);
  const assembly = app.synth();
  const artifact = assembly.getStackArtifact(artifactId);
  const manifest = assetManifest.parse(
    JSON.parse(readFileSync(join(assembly.directory, `${artifactId}.assets.json`), "utf8")),
  );
  const directories = new Map(
    Object.values(manifest.files)
      .filter((file) => file.source.packaging === "zip")
      .flatMap((file) =>
        Object.values(file.destinations).map(
          ({ objectKey }) => [objectKey, join(assembly.directory, file.source.path)] as const,
        ),
      ),
  );
  return {
    stackName: artifact.stackName,
    template: artifact.template as Template,
    assetDirectory(objectKey) {
      const directory = directories.get(objectKey);
      if (!directory) throw new Error(`The assembly has no directory asset ${objectKey}`);
      return directory;
    },
  };
}
