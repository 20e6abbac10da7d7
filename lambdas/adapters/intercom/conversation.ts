import * as z from "zod";
import type { Contact } from "../../app/ports.ts";
import { fingerprintOfHtml } from "./note-text.ts";

const idSchema = z.union([z.string(), z.number().transform(String)]);
const optionalIdSchema = idSchema.nullish();

const partSchema = z.object({
  id: idSchema,
  part_type: z.string(),
  body: z.string().nullish(),
  /** Whole seconds since 1970. */
  created_at: z.number(),
  author: z.object({ type: z.string(), id: optionalIdSchema }).nullish(),
});

/** What we read of a conversation (Intercom, "The conversation model"). */
export const conversationSchema = z.object({
  source: z
    .object({
      author: z.object({ type: z.string(), id: optionalIdSchema, email: z.string().nullish() }).nullish(),
    })
    .nullish(),
  contacts: z
    .object({ contacts: z.array(z.object({ id: optionalIdSchema, external_id: optionalIdSchema })) })
    .nullish(),
  /** Parts are read one by one: a kind of part that Intercom adds tomorrow must not make the conversation unreadable. */
  conversation_parts: z.object({ conversation_parts: z.array(z.unknown()) }).nullish(),
});

export type Conversation = z.infer<typeof conversationSchema>;
export type Part = z.infer<typeof partSchema>;

/** The notes of this admin with this fingerprint, oldest first. The order in which Intercom lists parts means nothing. */
export function notesOf(conversation: Conversation, adminId: string, fingerprint: string): readonly Part[] {
  return (conversation.conversation_parts?.conversation_parts ?? [])
    .flatMap((part) => partSchema.safeParse(part).data ?? [])
    .filter((part) => part.part_type === "note" && part.author?.type === "admin" && part.author.id === adminId)
    .filter((part) => fingerprintOfHtml(part.body ?? "") === fingerprint)
    .toSorted((a, b) => a.created_at - b.created_at || compareIds(a.id, b.id));
}

/** Whether a part may have been created at or after `since` (ms): `created_at` says only in which second. */
export function createdSince(part: Part, since: number): boolean {
  return (part.created_at + 1) * 1_000 > since;
}

/** The people of the conversation. An e-mail is kept only for the user who began it: a lead's is hearsay. */
export function contactsOf(conversation: Conversation): readonly Contact[] {
  const author = conversation.source?.author;
  return (conversation.contacts?.contacts ?? []).map((contact) => ({
    contactId: contact.id || undefined,
    externalId: contact.external_id || undefined,
    email: author?.type === "user" && author.id === contact.id ? author.email || undefined : undefined,
  }));
}

/** Part ids are numbers that grow, longer than JavaScript's integers are exact. */
function compareIds(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);
}
