import * as z from "zod";
import { record, text } from "./lenient.ts";

/** Where PostHog's libraries put their key, in the order in which it is looked for. */
const keySchema = z.object({ api_key: text, token: text, properties: record });

const batchSchema = z.object({ batch: z.custom<readonly unknown[]>(Array.isArray) });

/** The project key that a body names: of the whole, or of its first event. Empty where there is none. */
export function projectKeyOf(body: unknown): string {
  return keyIn(Array.isArray(body) ? body[0] : body) || keyIn(firstOfBatch(body));
}

function keyIn(value: unknown): string {
  const read = keySchema.safeParse(value);
  return read.success ? read.data.api_key || read.data.token || text.parse(read.data.properties.token) : "";
}

function firstOfBatch(body: unknown): unknown {
  const read = batchSchema.safeParse(body);
  return read.success ? read.data.batch[0] : undefined;
}

/** A project key begins with its product's id, and no product's id holds a dot. Empty for what is no key. */
export function productIdOf(projectKey: string): string {
  return /^([A-Za-z0-9_-]{1,64})\.[A-Za-z0-9_-]{8,64}$/.exec(projectKey)?.[1] ?? "";
}
