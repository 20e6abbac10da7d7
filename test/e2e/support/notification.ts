import { randomUUID } from "node:crypto";
import created from "../../fixtures/intercom/webhook-created.json" with { type: "json" };

export type Opening = {
  readonly conversationId: string;
  readonly contactId: string;
  readonly externalId: string;
  readonly email: string;
  /** Seconds since 1970. */
  readonly atS: number;
  readonly text: string;
};

/** What Intercom sends when a user opens a conversation: the recorded notification, told of somebody else. */
export function conversationCreated({ conversationId, contactId, externalId, email, atS, text }: Opening): object {
  const { data } = created;
  const { item } = data;
  const author = { ...item.source.author, id: contactId, email };
  return {
    ...created,
    id: `notif_${randomUUID()}`,
    created_at: atS,
    data: {
      ...data,
      item: {
        ...item,
        id: conversationId,
        created_at: atS,
        source: { ...item.source, author, body: `<p>${text}</p>` },
        contacts: { ...item.contacts, contacts: [{ type: "contact", id: contactId, external_id: externalId }] },
      },
    },
  };
}
