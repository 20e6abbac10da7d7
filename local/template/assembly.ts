import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
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
 * Reads a stack from a cloud assembly, the directory that a synthesis writes.
 *
 * @param stackName its artifact id as well, as for a stack that is given neither an own name nor a stage.
 */
export function readAssembly(directory: string, stackName: string): SynthesizedStack {
  const read = (file: string): unknown =>
    JSON.parse(readFileSync(join(directory, `${stackName}.${file}.json`), "utf8"));
  const directories = new Map(
    Object.values(assetManifest.parse(read("assets")).files)
      .filter(({ source }) => source.packaging === "zip")
      .flatMap(({ source, destinations }) =>
        Object.values(destinations).map(({ objectKey }) => [objectKey, join(directory, source.path)] as const),
      ),
  );
  return {
    stackName,
    compileCache: join(directory, "compiled"),
    template: read("template") as Template,
    assetDirectory(objectKey) {
      const found = directories.get(objectKey);
      if (!found) throw new Error(`The assembly has no directory asset ${objectKey}`);
      return found;
    },
  };
}
