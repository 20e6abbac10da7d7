import * as z from "zod";
import { record, text } from "./lenient.ts";

/** Where PostHog's libraries put their key, in the order in which it is looked for. */
const bodySchema = z.object({ api_key: text, token: text, properties: record, batch: z.unknown().optional() });

/** The project key that a body names: of the whole, or of its first event. Empty where there is none. */
export function projectKeyOf(body: unknown): string {
  const first = Array.isArray(body) ? body[0] : body;
  const read = bodySchema.safeParse(first);
  if (!read.success) return "";
  const { api_key, token, properties, batch } = read.data;
  return api_key || token || text.parse(properties.token) || (Array.isArray(batch) ? projectKeyOf(batch[0]) : "");
}

/** A project key begins with its product's id, and no product's id holds a dot. Empty for what is no key. */
export function productIdOf(projectKey: string): string {
  return /^([A-Za-z0-9_-]{1,64})\.[A-Za-z0-9_-]{8,64}$/.exec(projectKey)?.[1] ?? "";
}
