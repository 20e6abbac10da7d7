import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { intercomWebhooks } from "../../lambdas/adapters/intercom/webhooks.ts";
import type { ChatMessage } from "../../lambdas/app/webhook-ports.ts";
import { type FakeIntercom, startFakeIntercom } from "../../local/fake-intercom/server.ts";

const clientSecret = "client-secret";
const uuid = "a5e1c524-5ddd-4c3e-9328-6bca5d6e3edb";

describe("the fake Intercom's webhooks", () => {
  let fake: FakeIntercom;
  let receiver: Server;
  let url: string;
  let received: { readonly headers: IncomingHttpHeaders; readonly body: Buffer }[];
  let contactId: string;

  beforeEach(async () => {
    received = [];
    receiver = createServer(async (request, response) => {
      const body = Buffer.concat(await request.toArray());
      received.push({ headers: request.headers, body });
      response.writeHead(request.url === "/refuse" ? 503 : 200).end();
    });
    await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", resolve));
    url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`;
    fake = await startFakeIntercom();
    fake.subscribe({ url, clientSecret });
    contactId = fake.addContact({ externalId: "user-1", email: "jane@example.com" }).id;
  });
  afterEach(async () => {
    await fake.close();
    receiver.closeAllConnections();
    await new Promise((resolve) => receiver.close(resolve));
  });

  const messages = async (): Promise<readonly (ChatMessage | string)[]> => {
    await fake.webhooksTold();
    return received.map(({ body }) => intercomWebhooks.parse(JSON.parse(body.toString())));
  };
  const offer = async (conversationId: string) => {
    const response = await fetch(`${fake.url}/conversations/${conversationId}/reply`, {
      method: "POST",
      headers: { authorization: "Bearer local-intercom-token", "intercom-version": "2.14" },
      body: JSON.stringify({
        message_type: "quick_reply",
        type: "admin",
        admin_id: "9001",
        reply_options: [{ text: "Yes & no", uuid }],
      }),
    });
    expect(response.status).toBe(200);
  };

  test("what a contact writes is told, signed, as the receiver reads it", async () => {
    const { id } = fake.openConversation({ contactId, text: "Hello\nthere" });
    await fake.webhooksTold();
    fake.userReplies(id, "<b>More</b>");

    const contact = { contactId, externalId: "user-1", email: "jane@example.com" };
    expect(await messages()).toMatchObject([
      { conversationId: id, contact, text: "Hello\nthere" },
      { conversationId: id, contact, text: "<b>More</b>" },
    ]);
    for (const { headers, body } of received) {
      const sent = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
      expect(intercomWebhooks.verify(body, sent, [clientSecret])).toBe(true);
      expect(intercomWebhooks.verify(body, sent, ["another"])).toBe(false);
    }
  });

  test("a tap is told as a reply with the chip's label and uuid", async () => {
    const { id } = fake.adminOpens({ adminId: "9001", contactId, text: "Welcome" });
    await offer(id);
    fake.tapOption(id, uuid);
    expect(await messages()).toMatchObject([{ conversationId: id, text: "Yes & no", optionUuid: uuid }]);
  });

  test("an app of an older version is told the label alone", async () => {
    fake.subscribe({ url, clientSecret, version: "2.11" });
    const { id } = fake.adminOpens({ adminId: "9001", contactId, text: "Welcome" });
    await offer(id);
    fake.tapOption(id, "Yes & no");
    const [message] = await messages();
    expect(message).toMatchObject({ text: "Yes & no" });
    expect(message).not.toHaveProperty("optionUuid");
  });

  test("admins write without a webhook, and nobody is told who is not subscribed", async () => {
    const { id } = fake.adminOpens({ adminId: "9001", contactId, text: "Welcome" });
    fake.adminWrites(id, { adminId: "9001", kind: "comment", text: "Anybody?" });
    fake.subscribe(undefined);
    fake.userReplies(id, "Yes");
    expect(await messages()).toEqual([]);
  });

  test("each is sent once, and its answer is counted", async () => {
    fake.subscribe({ url: `${url}/refuse`, clientSecret });
    fake.openConversation({ contactId, text: "Hello" });
    await fake.webhooksTold();
    expect(received).toHaveLength(1);
    expect(fake.counts()).toEqual([{ operation: "webhook", ending: 503, requests: 1 }]);
  });
});
