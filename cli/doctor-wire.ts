import { createHmac, randomUUID } from "node:crypto";

/** A test visitor: nobody whom a product or Intercom knows. */
export type TestVisitor = {
  readonly sessionId: string;
  readonly userId: string;
  readonly description: string;
  /** Seconds since 1970. */
  readonly atS: number;
};

export function newTestVisitor(now: number): TestVisitor {
  const name = `throughline-doctor-${randomUUID()}`;
  return { sessionId: name, userId: name, description: `Test of Throughline ${name}`, atS: Math.floor(now / 1_000) };
}

type Signed = { readonly body: string; readonly headers: Readonly<Record<string, string>> };

const hmac = (algorithm: "sha1" | "sha256", secret: string, body: string): string =>
  `${algorithm}=${createHmac(algorithm, secret).update(body).digest("hex")}`;

/** A batch of one action, as the connector pushes it. */
export function signedBatch(productId: string, visitor: TestVisitor, secret: string): Signed {
  const { sessionId, userId, description, atS } = visitor;
  const action = { index: 0, type: "test", title: description, description, timestamp_start: atS, timestamp_end: atS };
  const body = JSON.stringify({
    type: "actions",
    product_id: productId,
    session_id: sessionId,
    user_id: userId,
    actions: [action],
    count: 1,
    forwarded_at: atS,
  });
  const headers = { "content-type": "application/json", "x-connector-signature": hmac("sha256", secret, body) };
  return { body, headers };
}

/** What Intercom sends when a user opens a conversation, in its own shape and signed as it signs. */
export function signedNotification(conversationId: string, { userId, atS }: TestVisitor, secret: string): Signed {
  const contact = { type: "contact", id: `${userId}-contact`, external_id: userId };
  const body = JSON.stringify({
    type: "notification_event",
    id: `notif_${userId}`,
    topic: "conversation.user.created",
    created_at: atS,
    data: {
      type: "notification_event_data",
      item: {
        type: "conversation",
        id: conversationId,
        created_at: atS,
        source: { body: "<p>Test of Throughline</p>", author: { type: "user", id: contact.id } },
        contacts: { type: "contact.list", contacts: [contact] },
      },
    },
  });
  return { body, headers: { "content-type": "application/json", "x-hub-signature": hmac("sha1", secret, body) } };
}

const TIMEOUT_MS = 30_000;

/** The status of the answer; a sentence when there was none. */
export async function post(url: string, { body, headers }: Signed): Promise<number | string> {
  try {
    const response = await fetch(url, { method: "POST", headers, body, signal: AbortSignal.timeout(TIMEOUT_MS) });
    await response.arrayBuffer();
    return response.status;
  } catch {
    return "no answer";
  }
}

export async function get(url: string): Promise<number | string> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) });
    await response.arrayBuffer();
    return response.status;
  } catch {
    return "no answer";
  }
}
