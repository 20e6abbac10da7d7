import type { PersonActor } from "../domain/actor/actor.ts";
import type { UserWroteMessage } from "../domain/actor/message.ts";
import { identitiesOfContact } from "../domain/person/identity.ts";
import { parseJson } from "./parse-json.ts";
import type { Clock, Mailbox, Products, Telemetry } from "./ports.ts";
import type { ChatMessage, ChatWebhooks } from "./webhook-ports.ts";

export type AcceptChatWebhookPorts = {
  readonly products: Products;
  readonly webhooks: ChatWebhooks;
  readonly mailbox: Mailbox;
  readonly clock: Clock;
  readonly telemetry: Telemetry;
};

export type ChatWebhookRequest = {
  readonly productId: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** The bytes that were signed. */
  readonly body: Uint8Array;
};

export type ChatWebhookAnswer = {
  /**
   * `ignored`: right, and nothing for us in it. `unauthorized`: wrong or missing signature, or no such product.
   * `unavailable`: not wholly queued; the platform sends it again, and what is queued keeps its id.
   */
  readonly kind: "accepted" | "ignored" | "invalid" | "unauthorized" | "unavailable";
};

/**
 * Takes a notification of the chat platform: verify, parse, tell the person who wrote. Everything slower is the actors'
 * work, because the platform gives a receiver few seconds and pauses one that fails.
 *
 * @throws what {@link Products.find} throws.
 */
export async function acceptChatWebhook(
  ports: AcceptChatWebhookPorts,
  { productId, headers, body }: ChatWebhookRequest,
): Promise<ChatWebhookAnswer> {
  const { telemetry } = ports;
  const product = await ports.products.find(productId);
  const signed = ports.webhooks.verify(body, headers, product?.secrets["intercom/client-secret"] ?? []);
  if (!product || !signed) {
    telemetry.warn("webhook.unauthorized", { product_id: product?.productId });
    return { kind: "unauthorized" };
  }

  const json = parseJson(body);
  const read = "reason" in json ? "invalid" : ports.webhooks.parse(json.value);
  if (read === "invalid") {
    telemetry.warn("webhook.invalid", { product_id: productId });
    telemetry.count("webhooks.invalid", productId);
    return { kind: "invalid" };
  }
  const envelopes = read === "ignored" ? [] : tellPerson(productId, read, ports.clock.now());
  if (envelopes.length === 0) return { kind: "ignored" };
  const queued = await ports.mailbox.send(envelopes);
  if (queued.size < envelopes.length) {
    telemetry.error("webhook.not_queued", { product_id: productId });
    return { kind: "unavailable" };
  }
  telemetry.count("webhooks.accepted", productId);
  return { kind: "accepted" };
}

/** One message for each name under which a session may have registered this person. */
function tellPerson(
  productId: string,
  { id, conversationId, contact, wroteAt, text, optionUuid }: ChatMessage,
  acceptedAt: number,
): readonly { readonly actor: PersonActor; readonly message: UserWroteMessage }[] {
  return identitiesOfContact(contact).map((identity) => ({
    actor: { kind: "person", productId, identity },
    message: { type: "user-wrote", id, acceptedAt, conversationId, wroteAt, text, ...(optionUuid && { optionUuid }) },
  }));
}
