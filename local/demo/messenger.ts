import { acme } from "../acme.ts";
import { conversationCreated, userReplied, type Writer, type Written } from "../fake-intercom/notification.ts";
import type { FakeIntercom } from "../fake-intercom/server.ts";
import { signWebhook } from "../sign.ts";
import { send } from "./sender.ts";

export type User = { readonly id: string; readonly name: string; readonly email: string };

/** One user's side of the Messenger. Each message is told to Throughline by a signed webhook. */
export type Messenger = {
  /** The user writes: the first message opens the conversation. @throws Error when the webhook is not taken. */
  write(text: string): Promise<void>;
  /** Undefined until the user has written. */
  conversationId(): string | undefined;
};

/**
 * @param intercom undefined when the Intercom is not ours: nobody can write there, so that only the webhooks are sent,
 * with ids of no real conversation.
 */
export function createMessenger(
  intercom: FakeIntercom | undefined,
  { url, user, signal }: { readonly url: string; readonly user: User; readonly signal: AbortSignal },
): Messenger {
  const { id: externalId, name, email } = user;
  const contactId = intercom?.addContact({ externalId, name, email }).id ?? "667d60f18a68186f43bafdf4";
  let opened: { readonly writer: Writer; readonly opening: Written } | undefined;

  async function notify(notification: object): Promise<void> {
    const signed = signWebhook(notification, acme.clientSecret);
    const status = await send(`${url}/chatbot-webhook/${acme.productId}`, signed, signal);
    if (status !== 200) throw new Error(`The webhook was answered with ${status}`);
  }

  function open(text: string): Promise<void> {
    const conversation = intercom?.openConversation({ contactId, text });
    const conversationId = conversation?.id ?? "215474343849634";
    const writer = { conversationId, contactId, externalId, name, email };
    const opening = { partId: conversationId, text, atMs: conversation?.createdAt ?? Date.now() };
    opened = { writer, opening };
    return notify(conversationCreated(writer, opening));
  }

  function reply({ writer, opening }: NonNullable<typeof opened>, text: string): Promise<void> {
    const part = intercom?.userReplies(writer.conversationId, text);
    const written = { partId: part?.id ?? `${opening.partId}1`, text, atMs: part?.createdAt ?? Date.now() };
    return notify(userReplied(writer, opening, written));
  }

  return {
    write: (text) => (opened ? reply(opened, text) : open(text)),
    conversationId: () => opened?.writer.conversationId,
  };
}
