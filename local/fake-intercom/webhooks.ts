import { signWebhook } from "../sign.ts";
import { quickRepliesSince } from "./conversation-json.ts";
import { plainText } from "./html.ts";
import type { Journal } from "./journal.ts";
import { conversationCreated, userReplied } from "./notification.ts";
import { isOlder } from "./versions.ts";
import type { FakeConversation, FakePart } from "./world.ts";

/** Where an app wants to be told what users write. */
export type Subscription = {
  readonly url: string;
  /** Signs the bodies. */
  readonly clientSecret: string;
  /**
   * The API version of the app's settings: webhooks are written in it, whatever the app asks for elsewhere.
   *
   * @default "2.14", the first in which a tap names its option
   */
  readonly version?: string | undefined;
};

export type Webhooks = {
  /** Undefined ends it. */
  subscribe(subscription: Subscription | undefined): void;
  opened(conversation: FakeConversation): void;
  replied(conversation: FakeConversation, part: FakePart): void;
  /** Resolves when everything that was told so far is answered, or could not be delivered. */
  told(): Promise<void>;
  close(): Promise<void>;
};

/** Tells one subscriber what users write, signed as Intercom signs. Each is sent once; the journal has its answer. */
export function createWebhooks(journal: Journal): Webhooks {
  const closing = new AbortController();
  const underWay = new Set<Promise<void>>();
  let subscription: Subscription | undefined;

  function send(content: (version: string) => object): void {
    if (subscription === undefined) return;
    const { url, clientSecret, version = quickRepliesSince } = subscription;
    const { body, headers } = signWebhook(content(version), clientSecret);
    const sent = fetch(url, { method: "POST", headers, body, signal: closing.signal })
      .then(async (response) => {
        await response.arrayBuffer();
        journal.record({ operation: "webhook", ending: response.status, body });
      })
      .catch(() => journal.record({ operation: "webhook", ending: "dropped", body }))
      .finally(() => underWay.delete(sent));
    underWay.add(sent);
  }

  const told = async () => void (await Promise.all(underWay));
  return {
    subscribe(next) {
      subscription = next;
    },
    opened: (conversation) => send(() => conversationCreated(writerOf(conversation), openingOf(conversation))),
    replied: (conversation, { id, text, createdAt, optionUuid }) =>
      send((version) =>
        userReplied(writerOf(conversation), openingOf(conversation), {
          partId: id,
          text,
          atMs: createdAt,
          optionUuid: isOlder(version, quickRepliesSince) ? undefined : optionUuid,
        }),
      ),
    told,
    close() {
      closing.abort();
      return told();
    },
  };
}

function writerOf({ id, contact }: FakeConversation) {
  const { type, externalId, name, email } = contact;
  return { conversationId: id, contactId: contact.id, type, externalId, name, email };
}

function openingOf({ id, html, createdAt, opener }: FakeConversation) {
  return {
    partId: id,
    text: plainText(html),
    atMs: createdAt,
    adminId: opener.type === "admin" ? opener.id : undefined,
  };
}
