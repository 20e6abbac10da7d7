import * as z from "zod";
import { conversationJson } from "../conversation-json.ts";
import { ok, type Reply, refuse } from "../reply.ts";
import type { ApiRequest } from "../routes.ts";
import type { World } from "../world.ts";

const redactSchema = z.object({
  type: z.literal("conversation_part"),
  conversation_id: z.string(),
  conversation_part_id: z.string(),
});

/** `POST /conversations/redact`: the part stays, its text is gone. What has no text is not redactable. */
export function redactPart(world: World, { version, body }: ApiRequest): Reply {
  const parsed = redactSchema.safeParse(body);
  if (!parsed.success) {
    const field = parsed.error.issues[0]?.path.join(".") ?? "type";
    return refuse(400, "parameter_invalid", `${field} is invalid`, field);
  }
  const conversation = world.conversations.get(parsed.data.conversation_id);
  const index = conversation?.parts.findIndex((part) => part.id === parsed.data.conversation_part_id) ?? -1;
  const part = conversation?.parts[index];
  if (conversation === undefined || part === undefined) {
    return refuse(404, "conversation_part_or_message_not_found", "Conversation part not found");
  }
  if (part.html === "") return refuse(422, "conversation_part_not_redactable", "The part has no text");
  conversation.parts[index] = { ...part, text: "", html: "", redacted: true };
  return ok(conversationJson(world, conversation, { version }));
}
