import * as z from "zod";
import { conversationJson, seconds } from "../conversation-json.ts";
import { ok, type Reply, refuse } from "../reply.ts";
import type { ApiRequest } from "../routes.ts";
import { addConversation, newId, type World } from "../world.ts";

export function conversationNotFound(): Reply {
  return refuse(404, "not_found", "Resource Not Found");
}

/** `GET /conversations/{id}` */
export function readConversation(world: World, { id, version }: ApiRequest): Reply {
  const conversation = world.conversations.get(id);
  return conversation === undefined ? conversationNotFound() : ok(conversationJson(world, conversation, { version }));
}

const openSchema = z.object({
  from: z.object({ type: z.enum(["user", "lead", "contact"]), id: z.string() }),
  body: z.string().min(1),
});

/** `POST /conversations`: in a contact's name. Answers with a message, whose `id` is not the conversation's. */
export function openConversation(world: World, { body }: ApiRequest): Reply {
  const parsed = openSchema.safeParse(body);
  if (!parsed.success) {
    const field = parsed.error.issues[0]?.path.join(".") ?? "body";
    return refuse(400, "parameter_invalid", `${field} is invalid`, field);
  }
  const contact = world.contacts.get(parsed.data.from.id);
  if (contact === undefined) return refuse(404, "not_found", "User Not Found");
  const conversation = addConversation(world, { contact, html: parsed.data.body });
  return ok({
    type: "user_message",
    id: newId(world),
    created_at: seconds(world, conversation.createdAt),
    body: conversation.html,
    message_type: "inapp",
    conversation_id: conversation.id,
  });
}

/** `DELETE /conversations/{id}` */
export function deleteConversation(world: World, { id, query }: ApiRequest): Reply {
  const conversation = world.conversations.get(id);
  if (conversation === undefined) return conversationNotFound();
  world.conversations.delete(id);
  world.deletions.push({ conversation, retainMetrics: query.get("retain_metrics") === "true" });
  return ok({ id, object: "conversation", deleted: true });
}
