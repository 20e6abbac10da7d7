import type { Contact } from "../../app/ports.ts";
import type { ChatMessage, ChatWebhooks } from "../../app/webhook-ports.ts";
import { cutCodePoints } from "../../domain/text/code-points.ts";
import { plainHtml } from "./note-text.ts";
import { isPersonType } from "./person-type.ts";
import { verifySignature } from "./signature.ts";
import {
  type Author,
  type ConversationItem,
  type ConversationPart,
  notificationSchema,
  topicSchema,
} from "./webhook-shape.ts";

const created = "conversation.user.created";
const replied = "conversation.user.replied";

/** The topics that a product's app must subscribe to; any other is ignored. */
export const webhookTopics = [created, replied] as const;

/** No message is read further, code points. */
const longestText = 10_000;

/** The receiving half of Intercom. It knows nothing of the REST client, so that the receiver's bundle stays small. */
export const intercomWebhooks: ChatWebhooks = { verify: verifySignature, parse: parseWebhook };

/**
 * Reads a notification (Intercom, "Webhook topics"). A `replied` notification carries the new part; it is recognised by
 * its author and its body, because its `part_type` varies (`open`, when the reply reopens the conversation).
 *
 * @param body the parsed JSON body.
 * @returns `ignored` for other topics, `ping`, and when no identified person wrote anything.
 */
export function parseWebhook(body: unknown): ChatMessage | "ignored" | "invalid" {
  const topic = topicSchema.safeParse(body);
  if (!topic.success) return "invalid";
  if (topic.data.topic !== created && topic.data.topic !== replied) return "ignored";
  const notification = notificationSchema.safeParse(body);
  if (!notification.success) return "invalid";

  const { id, created_at: notifiedAtS, data } = notification.data;
  const written = topic.data.topic === created ? readSource(data.item) : readNewestReply(data.item);
  if (written === undefined) return "ignored";
  const wroteAtS = written.wroteAtS ?? notifiedAtS;
  if (wroteAtS === undefined) return "invalid";
  const contact = identify(written.author, data.item);
  if (contact === undefined) return "ignored";
  return {
    id,
    conversationId: data.item.id,
    contact,
    wroteAt: wroteAtS * 1_000,
    text: cutCodePoints(plainHtml(written.body ?? ""), longestText),
    ...(written.optionUuid ? { optionUuid: written.optionUuid } : {}),
  };
}

type Written = {
  readonly author: Author;
  readonly wroteAtS: number | undefined;
  readonly body: string | undefined;
  readonly optionUuid?: string | null | undefined;
};

function readSource(item: ConversationItem): Written | undefined {
  const author = item.source?.author ?? oldAuthor(item);
  return isPerson(author) ? { author, wroteAtS: item.created_at, body: item.source?.body } : undefined;
}

function readNewestReply(item: ConversationItem): Written | undefined {
  const parts = item.conversation_parts?.conversation_parts ?? [];
  let newest: (ConversationPart & { author: Author }) | undefined;
  for (const part of parts) {
    if (part.body === undefined || !isPerson(part.author)) continue;
    // On equal times the later in the list wins: nothing better is known about them.
    if (newest === undefined || (part.created_at ?? 0) >= (newest.created_at ?? 0)) {
      newest = { ...part, author: part.author };
    }
  }
  if (newest === undefined) return undefined;
  const { author, created_at: wroteAtS, body, metadata: optionUuid } = newest;
  return { author, wroteAtS, body, optionUuid };
}

function oldAuthor({ user }: ConversationItem): Author | undefined {
  return user ? { type: user.type ?? "user", id: user.id, email: user.email } : undefined;
}

function isPerson(author: Author | null | undefined): author is Author {
  return author !== null && author !== undefined && isPersonType(author.type);
}

/** Undefined when the notification does not say who wrote. */
function identify(author: Author, item: ConversationItem): Contact | undefined {
  const contacts = item.contacts?.contacts ?? [];
  const same = author.id === undefined ? undefined : contacts.find((contact) => contact.id === author.id);
  // Of several contacts, none of whom is the author, none may lend the author an identity.
  const contact = same ?? (author.id === undefined || contacts.length === 1 ? contacts[0] : undefined);
  const externalId = contact?.external_id ?? item.user?.user_id;
  const contactId = author.id ?? contact?.id;
  // Anyone may type an e-mail address into the Messenger as a lead; only a user's was vouched for by the product.
  const email = author.type === "user" ? (author.email ?? item.user?.email) : undefined;
  if (externalId === undefined && contactId === undefined && email === undefined) return undefined;
  return { contactId, externalId, email };
}
