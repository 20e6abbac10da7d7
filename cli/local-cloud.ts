import { readFile } from "node:fs/promises";
import { join } from "node:path";
import * as z from "zod";
import { cliVariable, readVariable } from "./environment.ts";
import { CommandError } from "./errors.ts";

/** Where `npm start` announces itself, in this repository. */
const usualFile = join(import.meta.dirname, "../.throughline/local.json");

const announcementSchema = z.object({
  endpoint: z.url(),
  region: z.string(),
  credentials: z.object({ accessKeyId: z.string(), secretAccessKey: z.string() }),
  stage: z.string(),
  intercomBaseUrl: z.url().optional(),
});

/** How to reach the local cloud that runs; `local/announce.ts` writes it. */
export type LocalCloudAnnouncement = z.infer<typeof announcementSchema>;

/** @throws CommandError when none runs. */
export async function findLocalCloud(): Promise<LocalCloudAnnouncement> {
  const file = readVariable(cliVariable.localCloud) ?? usualFile;
  const text = await readFile(file, "utf8").catch(() => undefined);
  if (text === undefined) throw new CommandError(`No local cloud runs (there is no ${file}): start it with npm start`);
  return announcementSchema.parse(JSON.parse(text));
}
