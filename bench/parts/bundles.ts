import { statSync } from "node:fs";
import { join } from "node:path";
import { coldImportMs, writeEmptyModule } from "../cold-import.ts";
import { deployedFunctions } from "../deployed-functions.ts";
import type { Bench, Part, Report } from "../part.ts";
import { rounded } from "../statistics.ts";

const KB = 1_024;

/**
 * What a cold start has to read, bytes. A receiver reads the whole document of a product; the clients of Bedrock and of its
 * knowledge bases, which come to what asks a language model, are 60 KB.
 */
const MOST_BYTES = { receiver: 465 * KB, reader: 750 * KB, worker: 750 * KB } as const;

export const bundles: Part = {
  name: "bundles",
  measures: "size and cold import of each function",
  run: async ({ stack, sizes, progress }: Bench): Promise<Report> => {
    const functions = deployedFunctions(stack());
    using empty = writeEmptyModule();
    const emptyMs = coldImportMs(empty.file, {}, sizes.coldImports);
    const measured = functions.map(({ name, kind, codeDirectory, environment }) => {
      progress(`${sizes.coldImports} cold imports of ${name}`);
      const file = join(codeDirectory, "index.mjs");
      return { name, kind, bytes: statSync(file).size, importMs: coldImportMs(file, environment, sizes.coldImports) };
    });
    return {
      tables: [
        {
          title: "Functions",
          head: ["", "", "size, KB", "cold import, ms"],
          rows: [
            ...measured.map(({ name, kind, bytes, importMs }) => [name, kind, rounded(bytes / KB, 1), importMs]),
            ["an empty module", "", 0, emptyMs],
          ],
          notes: [`KB are 1,024 bytes. A new process each, the median of ${sizes.coldImports}.`],
        },
      ],
      budgets: measured.map(({ name, kind, bytes }) => ({
        what: `bytes of the ${kind} ${name}`,
        limit: MOST_BYTES[kind],
        measured: bytes,
      })),
      figures: { functions: measured, emptyModuleMs: emptyMs },
    };
  },
};
