import { acme } from "../acme.ts";
import type { FakeIntercom } from "../fake-intercom/server.ts";
import type { User } from "./messenger.ts";
import { conversationCreated } from "./webhook.ts";

/** A contact of whom no session tells yet, and the conversation they have opened. */
export type Visitor = User & { readonly contactId: string; readonly conversationId: string };

export function addVisitor(intercom: FakeIntercom): Visitor {
  const user = { id: "user-you", name: "You", email: "you@example.com" };
  const contact = intercom.addContact({ externalId: user.id, name: user.name, email: user.email });
  const conversation = intercom.openConversation({ contactId: contact.id, text: "Hello?" });
  return { ...user, contactId: contact.id, conversationId: conversation.id };
}

/** Lines for a shell (`curl` and `openssl`) with which anybody can play a user of their own. */
export function ownLines(url: string, intercomUrl: string, visitor: Visitor): readonly string[] {
  const batch = {
    type: "actions",
    product_id: acme.productId,
    session_id: "session-you",
    user_id: visitor.id,
    actions: [{ type: "click", title: "Export", description: "Clicked Export at TIME" }],
  };
  const opening = { partId: visitor.conversationId, text: "Hello?", atMs: Date.now() };
  const writer = { ...visitor, externalId: visitor.id };
  const notification = { ...conversationCreated(writer, opening), id: "notif_TIME" };
  return [
    "# 1. A batch of actions. Paste it as often as you like: the time makes each a new one.",
    ...shell(batch, `${url}/actions/${acme.productId}`, {
      header: "X-Connector-Signature",
      algorithm: "sha256",
      secret: acme.ingestSecret,
    }),
    "",
    "# 2. Intercom's webhook: the same user has opened the Messenger. What has waited becomes a note.",
    ...shell(notification, `${url}/chatbot-webhook/${acme.productId}`, {
      header: "X-Hub-Signature",
      algorithm: "sha1",
      secret: acme.clientSecret,
    }),
    "",
    "# 3. The conversation, as an agent sees it.",
    `curl -s ${intercomUrl}/_control/conversations/${visitor.conversationId}/parts`,
  ];
}

type Signature = { readonly header: string; readonly algorithm: "sha1" | "sha256"; readonly secret: string };

/** `TIME` in the content becomes the time at which the lines are run. */
function shell(content: object, url: string, { header, algorithm, secret }: Signature): readonly string[] {
  const json = JSON.stringify(content).replaceAll("'", "'\\''").replaceAll("TIME", `'"$(date +%T)"'`);
  return [
    `body='${json}'`,
    `signature=$(printf %s "$body" | openssl dgst -${algorithm} -hmac ${secret} | sed 's/.* //')`,
    `curl -i ${url} -H 'Content-Type: application/json' -H "${header}: ${algorithm}=$signature" --data-binary "$body"`,
  ];
}
