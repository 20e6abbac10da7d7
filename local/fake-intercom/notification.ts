import { randomUUID } from "node:crypto";

/** Who writes where. Ids are Intercom's, `externalId` is the product's own. */
export type Writer = {
  readonly conversationId: string;
  readonly contactId: string;
  readonly externalId?: string | undefined;
  readonly name: string;
  readonly email?: string | undefined;
  /** @default "user" */
  readonly type?: "user" | "lead";
};

/** What was written. Text is plain, the time is milliseconds since 1970. */
export type Written = { readonly partId: string; readonly text: string; readonly atMs: number };

/** The first message of a conversation, by its writer unless an admin began it. */
export type Opening = Written & { readonly adminId?: string | undefined };

/** A later message, with the option that was tapped to write it, where the app's version tells that. */
export type UserReply = Written & { readonly optionUuid?: string | undefined };

/** The notification that a user opened a conversation, as Intercom sends it. */
export function conversationCreated(writer: Writer, opening: Written): object {
  return notification("conversation.user.created", opening.atMs, item(writer, opening, []));
}

/** The notification that a user wrote again, or tapped: it carries the new part. */
export function userReplied(writer: Writer, opening: Opening, reply: UserReply): object {
  const createdAt = seconds(reply.atMs);
  const part = {
    type: "conversation_part",
    id: reply.partId,
    part_type: "comment",
    body: html(reply.text),
    created_at: createdAt,
    updated_at: createdAt,
    author: author(writer),
    attachments: [],
    redacted: false,
    ...(reply.optionUuid === undefined ? {} : { metadata: { quick_reply_option_uuid: reply.optionUuid } }),
  };
  return notification("conversation.user.replied", reply.atMs, item(writer, opening, [part]));
}

function notification(topic: string, atMs: number, content: object): object {
  return {
    type: "notification_event",
    app_id: "local",
    data: { type: "notification_event_data", item: content },
    links: {},
    id: `notif_${randomUUID()}`,
    topic,
    delivery_status: "pending",
    delivery_attempts: 1,
    delivered_at: 0,
    first_sent_at: seconds(atMs),
    created_at: seconds(atMs),
    self: null,
  };
}

function item(writer: Writer, opening: Opening, parts: readonly object[]): object {
  const { conversationId, contactId, externalId = null } = writer;
  const { adminId } = opening;
  return {
    type: "conversation",
    id: conversationId,
    created_at: seconds(opening.atMs),
    source: {
      type: "conversation",
      id: opening.partId,
      delivered_as: adminId === undefined ? "customer_initiated" : "admin_initiated",
      subject: "",
      body: html(opening.text),
      author: adminId === undefined ? author(writer) : { type: "admin", id: adminId, name: null, email: null },
      attachments: [],
      redacted: false,
    },
    contacts: { type: "contact.list", contacts: [{ type: "contact", id: contactId, external_id: externalId }] },
    open: true,
    state: "open",
    conversation_parts: {
      type: "conversation_part.list",
      conversation_parts: parts,
      total_count: parts.length,
    },
  };
}

const author = ({ contactId, name, email = "", type = "user" }: Writer) => ({ type, id: contactId, name, email });

const seconds = (ms: number): number => Math.floor(ms / 1_000);

const html = (text: string): string =>
  `<p>${text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;")}</p>`;
