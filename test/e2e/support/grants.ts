import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import type { LocalCloud } from "../../../local/boot.ts";

const grantsSchema = z.array(
  z.object({ role: z.string(), action: z.string(), resource: z.string(), used: z.boolean() }),
);

const folderOf = (assembly: string): string => join(assembly, "grants");

/** Keeps what a system's roles were granted and used, for the report at the end of the run. */
export function keepGrants(assembly: string, { grants }: Pick<LocalCloud, "grants">): void {
  mkdirSync(folderOf(assembly), { recursive: true });
  writeFileSync(join(folderOf(assembly), `${crypto.randomUUID()}.json`), JSON.stringify(grants()));
}

/** Logs are written by Lambda and keys used by SSM, in the role's name: no call of theirs reaches the local cloud. */
const unseen = /^(logs|kms):/;

/** What the run's calls needed of what was granted, and a line for each grant that none needed. */
export function reportGrants(assembly: string): readonly string[] {
  if (!existsSync(folderOf(assembly)))
    return ["No test of this run booted the system: nothing is known of its grants."];
  const used = new Map<string, boolean>();
  for (const file of readdirSync(folderOf(assembly))) {
    for (const grant of grantsSchema.parse(JSON.parse(readFileSync(join(folderOf(assembly), file), "utf8")))) {
      if (unseen.test(grant.action)) continue;
      const line = `${grant.role}: ${grant.action} on ${grant.resource}`;
      used.set(line, (used.get(line) ?? false) || grant.used);
    }
  }
  const unused = [...used].filter(([, wasUsed]) => !wasUsed).map(([line]) => line);
  const head = `${used.size - unused.length} of ${used.size} grants (without logs and kms) were needed by the calls of this run`;
  return unused.length === 0 ? [`${head}.`] : [`${head}; these were not:`, ...unused];
}
