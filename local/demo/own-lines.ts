import { acme } from "../acme.ts";
import type { FakeIntercom } from "../fake-intercom/server.ts";

/** A contact of whom no session tells yet, and the conversation that they have opened. Ids are Intercom's. */
export type Visitor = { readonly contactId: string; readonly externalId: string; readonly conversationId: string };

export function addVisitor(intercom: FakeIntercom): Visitor {
  const externalId = "user-you";
  const contact = intercom.addContact({ externalId, name: "You" });
  const conversation = intercom.openConversation({ contactId: contact.id, text: "Hello?" });
  return { contactId: contact.id, externalId, conversationId: conversation.id };
}

/** Stands in a body for the time at which its line is run: a body that was seen before changes nothing. */
const now = "{now}";

/** Lines for a shell (`curl` and `openssl`) with which anybody can play a user of their own. */
export function ownLines(
  { url, streamUrl }: { readonly url: string; readonly streamUrl: string },
  intercomUrl: string,
  visitor: Visitor,
): readonly string[] {
  const { contactId, externalId, conversationId } = visitor;
  const batch = {
    type: "actions",
    product_id: acme.productId,
    session_id: "session-you",
    user_id: externalId,
    actions: [{ type: "click", title: "Export", description: `Clicked Export at ${now}` }],
  };
  const webhook = {
    type: "notification_event",
    topic: "conversation.user.created",
    id: `notif_${now}`,
    created_at: Math.floor(Date.now() / 1_000),
    data: {
      item: {
        type: "conversation",
        id: conversationId,
        source: { author: { type: "user", id: contactId } },
        contacts: { contacts: [{ id: contactId, external_id: externalId }] },
      },
    },
  };
  return [
    "# 1. A batch of actions. Send it as often as you like.",
    ...post(batch, `${url}/actions/${acme.productId}`, ["X-Connector-Signature", "sha256", acme.ingestSecret]),
    "",
    "# 2. Intercom's webhook: the same user has opened the Messenger. What has waited becomes a note.",
    ...post(webhook, `${url}/chatbot-webhook/${acme.productId}`, ["X-Hub-Signature", "sha1", acme.clientSecret]),
    "",
    "# 3. What stands in the conversation.",
    `curl -s ${intercomUrl}/_control/conversations/${conversationId}/parts |`,
    `  node -p 'JSON.parse(require("fs").readFileSync(0))` +
      `.map(({ text, options }) => [text, ...options.map((chip) => "( " + chip.text + " )")].join("\\n")).join("\\n\\n")'`,
    "",
    "# 4. In a terminal of its own, and ten seconds before the rest: the stream of what all users of the product do.",
    `curl -sN -H 'Authorization: Bearer ${acme.operatorKey}' ${streamUrl}/stream/${acme.productId}`,
  ];
}

type Signature = readonly [header: string, algorithm: "sha1" | "sha256", secret: string];

function post(content: object, url: string, [header, algorithm, secret]: Signature): readonly string[] {
  const json = JSON.stringify(content).replaceAll("'", "'\\''").replaceAll(now, `'"$(date +%T)"'`);
  return [
    `body='${json}'`,
    `signature=$(printf %s "$body" | openssl dgst -${algorithm} -hmac ${secret} | sed 's/.* //')`,
    `curl -s -w ' (%{http_code})\\n' ${url} -H "${header}: ${algorithm}=$signature" \\`,
    `  -H 'Content-Type: application/json' --data-binary "$body"`,
  ];
}
