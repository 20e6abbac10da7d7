import { acme } from "../../local/acme.ts";
import { payloadOf } from "../../local/demo/connector.ts";
import { pace } from "../../local/demo/pace.ts";
import { conversationCreated } from "../../local/fake-intercom/notification.ts";
import type { FakeIntercom } from "../../local/fake-intercom/server.ts";
import { type Signed, signBatch, signWebhook } from "../../local/sign.ts";
import type { Planned, PlannedBatch } from "./plan.ts";

/** A body with its signature, and where it goes. */
export type Request = { readonly path: string; readonly signed: Signed };

/** Everybody who acts in a run: a session has a user of its own, a user who writes has a conversation. */
export type Visitors = {
  /**
   * What the connector or Intercom sends when this happens. Called once for each.
   *
   * @param nowMs when it happens: a driver may be late.
   */
  request(planned: Planned, nowMs: number): Request;
  /** Undefined for a session whose user has not written. */
  conversationOf(session: number): string | undefined;
};

/** Each action of a run has a description of its own: by it, it is found again. */
export function descriptions({ session, batch, actions }: PlannedBatch): readonly string[] {
  return Array.from({ length: actions }, (_, n) => `${session}.${batch}.${n} pressed "Export & <save>"`);
}

export const sessionId = (session: number): string => `session-${session}`;

export const userId = (session: number): string => `user-${session}`;

export function createVisitors(intercom: FakeIntercom): Visitors {
  const conversations = new Map<number, string>();

  function batch(planned: PlannedBatch, nowMs: number): Request {
    const { session } = planned;
    // All at one moment: within a batch the order is the batch's own, between batches it is that of their moments.
    const at = 0;
    const actions = descriptions(planned).map((description) => ({
      at,
      type: "click",
      title: "Export",
      description,
      raw_url: "https://app.example.com/reports/time?from=2026-01-01",
      canonical_url: "https://app.example.com/reports/time",
    }));
    const user = { id: userId(session), name: "A visitor", email: `${userId(session)}@example.com` };
    const payload = payloadOf({ session_id: sessionId(session), user }, { at, actions }, pace(1, nowMs));
    return { path: `/actions/${acme.productId}`, signed: signBatch(payload, acme.ingestSecret) };
  }

  function chat(session: number): Request {
    const [externalId, name, text] = [userId(session), "A visitor", "Where do I export a report?"];
    const email = `${externalId}@example.com`;
    const contact = intercom.addContact({ externalId, name, email });
    const { id: conversationId, createdAt: atMs } = intercom.openConversation({ contactId: contact.id, text });
    conversations.set(session, conversationId);
    const writer = { conversationId, contactId: contact.id, externalId, name, email };
    const notification = conversationCreated(writer, { partId: conversationId, text, atMs });
    return { path: `/chatbot-webhook/${acme.productId}`, signed: signWebhook(notification, acme.clientSecret) };
  }

  return {
    request: (planned, nowMs) => (planned.kind === "batch" ? batch(planned, nowMs) : chat(planned.session)),
    conversationOf: (session) => conversations.get(session),
  };
}
