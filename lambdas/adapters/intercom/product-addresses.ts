import { webhookTopics } from "./webhooks.ts";

/** What the other side of a product is told, in wire names: where its senders push to, and what the platform announces. */
export type ProductAddresses = {
  readonly actions_url: string;
  readonly chat_webhook_url: string;
  /** What to subscribe the second address to. */
  readonly chat_webhook_topics: readonly string[];
};

/** @param apiUrl with a slash at its end. */
export function productAddresses(apiUrl: string, productId: string): ProductAddresses {
  return {
    actions_url: `${apiUrl}actions/${productId}`,
    chat_webhook_url: `${apiUrl}chatbot-webhook/${productId}`,
    chat_webhook_topics: webhookTopics,
  };
}
