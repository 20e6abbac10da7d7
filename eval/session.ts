import { globSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import * as z from "zod";
import type { SlimAction } from "../lambdas/domain/activity/slim-action.ts";

const folder = fileURLToPath(new URL("./sessions", import.meta.url));

const actionSchema: z.ZodType<SlimAction> = z.strictObject({
  index: z.int().min(0),
  type: z.string().min(1),
  title: z.string(),
  description: z.string().min(1),
  timestamp_start: z.number(),
  timestamp_end: z.number(),
  raw_url: z.url(),
  canonical_url: z.string().min(1),
  session_id: z.string(),
  user_id: z.string().nullable(),
  email: z.string().nullable(),
  conversation_id: z.string().nullable(),
});

/** Said when any of its phrases stands in a text; phrase.ts says how a phrase is read. */
const statementSchema = z.strictObject({ name: z.string().min(1), anyOf: z.array(z.string().min(1)).min(1) });
export type Statement = z.infer<typeof statementSchema>;

const sessionSchema = z.strictObject({
  about: z.string().min(1),
  /** What a support agent needs of it. */
  facts: z.array(statementSchema).min(5).max(8),
  /** What did not happen, and what a page wants to have written. */
  mustNot: z.array(statementSchema).min(1),
  actions: z.array(actionSchema).min(5),
});
export type RecordedSession = z.infer<typeof sessionSchema> & { readonly name: string };

/** Every session of `eval/sessions`, by name. */
export function recordedSessions(): readonly RecordedSession[] {
  return globSync("*.json", { cwd: folder })
    .sort()
    .map((file) => ({
      name: basename(file, ".json"),
      ...sessionSchema.parse(JSON.parse(readFileSync(join(folder, file), "utf8"))),
    }));
}
