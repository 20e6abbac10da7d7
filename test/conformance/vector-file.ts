import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import * as z from "zod";

const caseSchema = z
  .object({
    name: z.string(),
    fn: z.string(),
    input: z.record(z.string(), z.unknown()),
    expected: z.unknown(),
    error: z.string().optional(),
    tags: z.array(z.string()).default([]),
  })
  .partial({ expected: true })
  .refine((one) => "expected" in one !== (one.error !== undefined), "needs either `expected` or `error`");

const vectorFileSchema = z.object({ area: z.string(), cases: z.array(caseSchema) });

export type VectorCase = z.infer<typeof caseSchema>;
export type VectorFile = z.infer<typeof vectorFileSchema>;

/**
 * Reads one file of vectors, or every `.json` of a folder in the order of their names.
 *
 * @throws Error naming the file that cannot be read, or that holds something else, and when there is none.
 */
export async function readVectorFiles(path: string): Promise<readonly VectorFile[]> {
  const isFolder = (await stat(path)).isDirectory();
  const names = isFolder ? (await readdir(path)).filter((name) => name.endsWith(".json")).sort() : [];
  const files = isFolder ? names.map((name) => join(path, name)) : [path];
  if (files.length === 0) throw new Error(`${path}: no vector files`);
  return Promise.all(files.map(readVectorFile));
}

async function readVectorFile(path: string): Promise<VectorFile> {
  try {
    return vectorFileSchema.parse(JSON.parse(await readFile(path, "utf8")));
  } catch (error) {
    const reason = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
    throw new Error(`${path}: ${reason}`, { cause: error });
  }
}
