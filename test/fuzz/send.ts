import type { HttpAnswer } from "../../lambdas/handlers/http-answer.ts";
import created from "../fixtures/intercom/webhook-created.json" with { type: "json" };
import { httpEvent } from "../support/http-event.ts";
import type { EdgeName } from "./arbitraries/bodies.ts";
import { credentials } from "./arbitraries/request.ts";
import { canary } from "./canaries.ts";
import type { FuzzSystem } from "./system.ts";

/** Sends what an honest sender would, or exactly these bytes, signed as they are unless the headers say otherwise. */
export function send(
  system: FuzzSystem,
  edge: EdgeName,
  content: object | Uint8Array,
  {
    headers = {},
    productId = "acme",
  }: { readonly headers?: Readonly<Record<string, string>>; readonly productId?: string } = {},
): Promise<HttpAnswer> {
  const body = content instanceof Uint8Array ? content : Buffer.from(JSON.stringify(content));
  const signed = Object.fromEntries([credentials(edge, body)]);
  const event = httpEvent({
    productId,
    headers: { "Content-Type": "application/json", ...signed, ...headers },
    body,
    base64: true,
  });
  return system.call(edge, event);
}

/** What Intercom says when a user opens a conversation. */
export function notificationOf(told: {
  readonly conversationId: string;
  readonly contactId: string;
  readonly externalId: string;
  readonly id?: string;
  /** Seconds. */
  readonly atS?: number;
}): object {
  const { data } = created;
  const { item } = data;
  const { conversationId, contactId, externalId, id = `notif-${conversationId}`, atS = created.created_at } = told;
  const source = { ...item.source, author: { ...item.source.author, id: contactId, email: canary.email } };
  const contacts = { contacts: [{ id: contactId, external_id: externalId }] };
  return {
    ...created,
    id,
    data: { ...data, item: { ...item, id: conversationId, created_at: atS, source, contacts } },
  };
}
