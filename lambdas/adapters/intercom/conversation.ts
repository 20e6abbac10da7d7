import * as z from "zod";
import type { Contact, ConversationOrigin } from "../../app/ports.ts";
import { fingerprintOfHtml } from "./note-text.ts";
import { isPersonType } from "./person-type.ts";

const idSchema = z.union([z.string(), z.number().transform(String)]);
const optionalIdSchema = idSchema.nullish();

const authorSchema = z.object({ type: z.string(), id: optionalIdSchema });

const partSchema = z.object({
  id: idSchema,
  part_type: z.string(),
  body: z.string().nullish(),
  /** Whole seconds since 1970. */
  created_at: z.number(),
  author: authorSchema.nullish(),
  /** Its text was taken away. */
  redacted: z.boolean().nullish().catch(undefined),
  /** Only versions that know quick replies show their options (changelog of 2.14, "Send Quick Replies"). */
  metadata: z
    .object({ quick_reply_options: z.array(z.object({ uuid: z.string() })) })
    .nullish()
    .catch(undefined),
});

const authoredSchema = z.object({ author: authorSchema });

/** What we read of a conversation (Intercom, "The conversation model"). */
export const conversationSchema = z.object({
  /** Whole seconds since 1970. */
  created_at: z.number().nullish().catch(undefined),
  /** The first message. */
  source: z
    .object({
      author: authorSchema.extend({ email: z.string().nullish() }).nullish(),
      body: z.string().nullish().catch(undefined),
      redacted: z.boolean().nullish().catch(undefined),
    })
    .nullish(),
  contacts: z
    .object({ contacts: z.array(z.object({ id: optionalIdSchema, external_id: optionalIdSchema })) })
    .nullish(),
  /** "The first users message": null while there is none. No version says that it is required. */
  first_contact_reply: z.unknown().optional(),
  conversation_parts: z
    .object({
      /** Read one by one: a kind of part that Intercom adds tomorrow must not make the conversation unreadable. */
      conversation_parts: z.array(z.unknown()),
      total_count: z.number().nullish().catch(undefined),
    })
    .nullish(),
});

export type Conversation = z.infer<typeof conversationSchema>;
export type Part = z.infer<typeof partSchema>;

/** The parts that can be read, oldest first. The order in which Intercom lists them means nothing. */
export function partsIn(conversation: Conversation): readonly Part[] {
  return (conversation.conversation_parts?.conversation_parts ?? [])
    .flatMap((part) => partSchema.safeParse(part).data ?? [])
    .toSorted((a, b) => a.created_at - b.created_at || compareIds(a.id, b.id));
}

/** What this admin wrote, oldest first. */
export function partsOf(conversation: Conversation, adminId: string): readonly Part[] {
  return partsIn(conversation).filter(({ author }) => author?.type === "admin" && author.id === adminId);
}

/** The notes of this admin with this fingerprint, oldest first. */
export function notesOf(conversation: Conversation, adminId: string, fingerprint: string): readonly Part[] {
  return partsOf(conversation, adminId)
    .filter((part) => part.part_type === "note")
    .filter((part) => fingerprintOfHtml(part.body ?? "") === fingerprint);
}

/** Intercom shows no more than the newest (API reference, "Retrieve a conversation"). */
const mostParts = 500;

/** Whether a part may have been created at or after `since` (ms): `created_at` says only in which second. */
export function createdSince(part: Pick<Part, "created_at">, since: number): boolean {
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

/**
 * Who began the conversation, and whether a person wrote in it: a user, or an admin other than ours. A part that Intercom does not show any more, or whose
 * author cannot be read, may be a person's and counts as one.
 */
export function originOf(conversation: Conversation, adminId: string): ConversationOrigin {
  const { source, conversation_parts: list, first_contact_reply: reply } = conversation;
  const parts = list?.conversation_parts ?? [];
  const allShown = list && parts.length < mostParts && parts.length >= (list.total_count ?? 0);
  const wrote = (part: unknown): boolean => {
    const author = authoredSchema.safeParse(part).data?.author;
    // A teammate's word is nobody's to delete, either.
    return author === undefined || isPersonType(author.type) || (author.type === "admin" && author.id !== adminId);
  };
  return {
    openedByUs: source?.author?.type === "admin" && source.author.id === adminId,
    personWrote: !allShown || reply !== null || isPersonType(source?.author?.type ?? "user") || parts.some(wrote),
  };
}

/** Part ids are numbers that grow, longer than JavaScript's integers are exact. */
function compareIds(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);
}
