import { createHmac } from "node:crypto";
import { hash } from "../../lambdas/domain/actor/hash.ts";
import type { Happening, Scenario } from "./scenario.ts";
import { BEGINNING } from "./world/virtual-time.ts";

type Of<Type extends Happening["type"]> = Extract<Happening, { type: Type }>;

/** What the senders write, as it goes over the wire. The same happening is always the same bytes. */

/** When an action begins, seconds since 1970; 0 where the sender names no time. */
export function startS(sentAtMs: number, offsetMs: number | null): number {
  return offsetMs === null ? 0 : (BEGINNING + sentAtMs + offsetMs) / 1_000;
}

export function batchBody({ productId, batches, atMs }: Of<"body">): Buffer {
  const payloads = batches.map(({ sessionId, userId, email, conversationId, actions }) => ({
    type: "actions",
    forwarded_at: (BEGINNING + atMs) / 1_000,
    product_id: productId,
    session_id: sessionId,
    ...(userId ? { user_id: userId } : {}),
    ...(email ? { email } : {}),
    ...(conversationId ? { conversation_id: conversationId } : {}),
    actions: actions.map(({ text, offsetMs, page = "/" }, index) => ({
      index,
      type: "click",
      title: "",
      description: text,
      timestamp_start: startS(atMs, offsetMs),
      timestamp_end: startS(atMs, offsetMs),
      raw_url: `https://app.example.com${page}`,
      canonical_url: `https://app.example.com${page}`,
    })),
  }));
  return Buffer.from(JSON.stringify(payloads.length === 1 ? payloads[0] : payloads));
}

/** Events as PostHog's destinations send them: by itself, in its default body; several, in a batch. */
export function eventsBody({ atMs, sessionId, userId }: Of<"source">, events: Of<"source">["events"]): Buffer {
  const written = events.map(({ name, uuid, offsetMs }) => ({
    event: name,
    uuid,
    // An id that PostHog takes for nobody's.
    distinct_id: userId ?? "anonymous",
    timestamp: new Date(BEGINNING + atMs + offsetMs).toISOString(),
    properties: { $session_id: sessionId },
  }));
  const [only] = written;
  return Buffer.from(JSON.stringify(written.length === 1 ? { event: only, person: {} } : { batch: written }));
}

/** What the platform calls its notification of it, each time that it notifies. */
export const notificationId = (happening: Of<"write">): string =>
  `notif_${hash(JSON.stringify(happening)).slice(0, 12)}`;

/** An Intercom notification: the first message of a conversation, or a reply. */
export function webhookBody(scenario: Scenario, happening: Of<"write">): Buffer {
  const conversation = scenario.conversations.find(
    ({ productId, conversationId }) => productId === happening.productId && conversationId === happening.conversationId,
  );
  if (!conversation) throw new Error(`There is no conversation ${happening.conversationId}`);
  const { contactId, externalId, email } = conversation.contact;
  const author = { type: conversation.author, id: contactId, ...(email ? { email } : {}) };
  const wroteAtS = Math.floor((BEGINNING + happening.atMs - happening.agoMs) / 1_000);
  const { text = "Hello?", optionUuid } = happening;
  const part = {
    type: "conversation_part",
    part_type: "comment",
    body: `<p>${text}</p>`,
    created_at: wroteAtS,
    author,
    ...(optionUuid ? { metadata: { quick_reply_option_uuid: optionUuid } } : {}),
  };
  return Buffer.from(
    JSON.stringify({
      type: "notification_event",
      id: notificationId(happening),
      topic: "conversation.user.replied",
      created_at: wroteAtS,
      data: {
        item: {
          type: "conversation",
          id: conversation.conversationId,
          created_at: wroteAtS,
          source: { author },
          contacts: { contacts: [{ id: contactId, ...(externalId ? { external_id: externalId } : {}) }] },
          conversation_parts: { conversation_parts: [part] },
        },
      },
    }),
  );
}

export function signed(algorithm: "sha1" | "sha256", body: Buffer, secret: string): string {
  return `${algorithm}=${createHmac(algorithm, secret).update(body).digest("hex")}`;
}
