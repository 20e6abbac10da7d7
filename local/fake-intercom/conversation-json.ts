import { shuffled } from "./random.ts";
import { isOlder } from "./versions.ts";
import type { FakeContact, FakeConversation, FakePart, World } from "./world.ts";

/** Intercom returns no more. */
const newestParts = 500;

/** The first stable version that knows quick replies: to send them, and to show their options. */
export const quickRepliesSince = "2.14";

/**
 * A conversation as the API shows it: the newest parts that are visible by now, in any order.
 *
 * @param justWritten the part that this very request wrote: its own answer shows it, however long others wait.
 */
export function conversationJson(
  world: World,
  conversation: FakeConversation,
  { version, justWritten }: { readonly version: string; readonly justWritten?: FakePart },
) {
  const now = world.settings.now();
  const { contact, opener } = conversation;
  const byContact = opener.type !== "admin";
  const contactWroteAt = byContact
    ? conversation.createdAt
    : conversation.parts.find(({ author }) => author.type !== "admin")?.createdAt;
  const visible = conversation.parts.filter((part) => part.visibleAt <= now || part.id === justWritten?.id);
  const parts = visible.slice(-newestParts);
  return {
    type: "conversation",
    id: conversation.id,
    created_at: seconds(world, conversation.createdAt),
    updated_at: seconds(world, parts.at(-1)?.createdAt ?? conversation.createdAt),
    state: "open",
    open: true,
    source: {
      type: "conversation",
      id: conversation.id,
      delivered_as: byContact ? "customer_initiated" : "admin_initiated",
      body: conversation.html,
      author: { ...opener, name: byContact ? contact.name : null, email: byContact ? (contact.email ?? null) : null },
      redacted: false,
    },
    contacts: {
      type: "contact.list",
      contacts: [{ type: "contact", id: contact.id, external_id: contact.externalId ?? null }],
    },
    first_contact_reply:
      contactWroteAt === undefined
        ? null
        : { type: "conversation", created_at: seconds(world, contactWroteAt), url: null },
    conversation_parts: {
      type: "conversation_part.list",
      conversation_parts: shuffled(parts, world.random).map((part) => partJson(world, part, version)),
      total_count: visible.length,
    },
  };
}

export function contactJson(contact: FakeContact) {
  return {
    type: "contact",
    id: contact.id,
    role: contact.type,
    external_id: contact.externalId ?? null,
    email: contact.email ?? null,
    name: contact.name,
  };
}

/** Whole seconds, by a clock that is not quite right. */
export function seconds(world: World, trueMs: number): number {
  return Math.floor(trueMs / 1_000 + world.settings.skewS);
}

function partJson(world: World, part: FakePart, version: string) {
  return {
    type: "conversation_part",
    id: part.id,
    part_type: part.kind,
    body: part.redacted ? null : part.html,
    created_at: seconds(world, part.createdAt),
    updated_at: seconds(world, part.createdAt),
    author: { type: part.author.type, id: part.author.id, name: null, email: null },
    attachments: [],
    external_id: null,
    redacted: part.redacted,
    ...(isOlder(version, quickRepliesSince) ? {} : { metadata: metadataJson(part) }),
  };
}

function metadataJson({ options, optionUuid }: FakePart) {
  if (optionUuid !== undefined) return { quick_reply_option_uuid: optionUuid };
  return options.length === 0 ? {} : { quick_reply_options: options };
}
