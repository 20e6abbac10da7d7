import * as z from "zod";
import { contactJson } from "../conversation-json.ts";
import { ok, type Reply, refuse } from "../reply.ts";
import type { ApiRequest } from "../routes.ts";
import type { World } from "../world.ts";

const searchSchema = z.object({
  query: z.object({ field: z.enum(["external_id", "email"]), operator: z.literal("="), value: z.string() }),
});

/** `POST /contacts/search`, as far as one field and `=`. New contacts are found after the lag. */
export function searchContacts(world: World, { body }: ApiRequest): Reply {
  const parsed = searchSchema.safeParse(body);
  if (!parsed.success) return refuse(400, "parameter_invalid", "query is invalid", "query");
  const { field, value } = parsed.data.query;
  const now = world.settings.now();
  const data = [...world.contacts.values()]
    .filter((contact) => contact.visibleAt <= now)
    .filter((contact) => (field === "email" ? contact.email : contact.externalId) === value)
    .map(contactJson);
  return ok({ type: "list", data, total_count: data.length, pages: { type: "pages", page: 1, total_pages: 1 } });
}
