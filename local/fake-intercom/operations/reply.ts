import * as z from "zod";
import { conversationJson, quickRepliesSince } from "../conversation-json.ts";
import { ok, type Reply, refuse } from "../reply.ts";
import type { ApiRequest } from "../routes.ts";
import { isOlder } from "../versions.ts";
import { addPart, type World } from "../world.ts";
import { conversationNotFound } from "./conversations.ts";

const replySchema = z.object({
  message_type: z.enum(["note", "comment", "quick_reply"]),
  type: z.literal("admin"),
  admin_id: z.string(),
  body: z.string().optional(),
  reply_options: z
    .array(z.object({ text: z.string().min(1), uuid: z.uuid() }))
    .min(1)
    .optional(),
});

/** `POST /conversations/{id}/reply`: an admin writes a note, a comment or an offer of chips. */
export function replyToConversation(world: World, { id, version, body }: ApiRequest): Reply {
  const conversation = world.conversations.get(id);
  if (conversation === undefined) return conversationNotFound();
  const parsed = replySchema.safeParse(body);
  if (!parsed.success) {
    const field = parsed.error.issues[0]?.path.join(".") ?? "body";
    return refuse(400, "parameter_invalid", `${field} is invalid`, field);
  }
  const reply = parsed.data;
  if (!world.settings.admins.some((admin) => admin.id === reply.admin_id)) {
    return refuse(400, "parameter_invalid", "admin_id is not an admin of this workspace", "admin_id");
  }
  if (reply.message_type === "quick_reply") {
    if (isOlder(version, quickRepliesSince)) {
      return refuse(400, "parameter_invalid", "message_type is invalid in this version", "message_type");
    }
    if (reply.reply_options === undefined) {
      return refuse(400, "parameter_not_found", "reply_options are required", "reply_options");
    }
    if (reply.body !== undefined && world.rules.bodyWithOptions === "refused") {
      return refuse(422, "parameter_invalid", "body is not allowed with reply_options", "body");
    }
  } else if (!reply.body?.trim()) {
    return refuse(400, "parameter_not_found", "body is required", "body");
  }
  const part = addPart(world, conversation, {
    kind: reply.message_type,
    author: { type: "admin", id: reply.admin_id },
    html: reply.body ?? "",
    ...(reply.reply_options && { options: reply.reply_options }),
  });
  return ok(conversationJson(world, conversation, { version, justWritten: part }));
}
