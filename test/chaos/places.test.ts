import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readDeadLetters } from "../../chaos/judge/dead-letters.ts";
import { watchNotes } from "../../chaos/judge/watch-notes.ts";
import { descriptions, sessionId, userId } from "../../chaos/load/visitors.ts";
import { acme } from "../../local/acme.ts";
import { type FakeIntercom, startFakeIntercom } from "../../local/fake-intercom/server.ts";
import type { Queues } from "../../local/queues.ts";

const { productId } = acme;

describe("a dead-letter queue", () => {
  const queuesWith = (...bodies: readonly string[]): { readonly queues: Queues } => ({
    queues: {
      messages: (queue) =>
        queue === "MailboxDeadLetters"
          ? bodies.map((body) => ({ id: "1", body, group: "g", receives: 3, place: "ready" }))
          : [],
      depth: () => ({ ready: 0, inFlight: 0, delayed: 0 }),
      url: () => "",
      until: async () => undefined,
    },
  });
  const stamped = { id: "1", acceptedAt: 1 };
  const session = { kind: "session", productId, sessionId: sessionId(7) };

  it("holds the actions of a batch", () => {
    const actions = [{ description: "7.0.0 pressed" }, { description: "7.0.1 pressed" }];
    const message = { ...stamped, type: "actions", latestAt: null, actions };

    const found = readDeadLetters(queuesWith(JSON.stringify({ actor: session, message })));

    expect(found.messages).toBe(1);
    expect([...found.actions]).toEqual(["7.0.0 pressed", "7.0.1 pressed"]);
    expect(found.concernsLinkOf(7)).toBe(false);
  });

  it.each([
    ["a link", session, { ...stamped, type: "link", conversationId: "c1" }],
    [
      "a session that was seen",
      { kind: "person", productId, identity: { by: "external", value: "another" } },
      { ...stamped, type: "session-seen", sessionId: sessionId(7), linked: false },
    ],
    [
      "a user who wrote",
      { kind: "person", productId, identity: { by: "external", value: userId(7) } },
      { ...stamped, type: "user-wrote", conversationId: "c1", wroteAt: 1 },
    ],
  ])("holds %s, without which a session is not linked", (_, actor, message) => {
    const found = readDeadLetters(queuesWith(JSON.stringify({ actor, message })));

    expect(found.concernsLinkOf(7)).toBe(true);
    expect(found.concernsLinkOf(70)).toBe(false);
  });

  it("may hold what nobody understands, which is counted", () => {
    expect(readDeadLetters(queuesWith("{", "{}"))).toMatchObject({ messages: 2, actions: new Set() });
  });
});

describe("the fake Intercom", () => {
  let intercom: FakeIntercom;

  beforeAll(async () => {
    intercom = await startFakeIntercom();
  });

  afterAll(() => intercom.close());

  async function post(conversationId: string, html: string): Promise<number> {
    const { status } = await fetch(`${intercom.url}/conversations/${conversationId}/reply`, {
      method: "POST",
      headers: { authorization: `Bearer ${acme.accessToken}`, "intercom-version": "2.14" },
      body: JSON.stringify({ message_type: "note", type: "admin", admin_id: acme.adminId, body: html }),
    });
    return status;
  }

  it("tells which actions stand in a note, and which in one that it refused for good", async () => {
    const [first = "", second = ""] = descriptions({ kind: "batch", atMs: 0, session: 1, batch: 0, actions: 2 });
    const escaped = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
    const { id: contactId } = intercom.addContact({});
    const { id } = intercom.openConversation({ contactId, text: "Hello?" });
    using notes = watchNotes(intercom);

    const taken = await post(id, `session_id: s<br>[1] ${escaped(first)}`);
    intercom.fault({ name: "reject", count: 1 });
    const refused = await post(id, `session_id: s<br>[1] ${escaped(second)}`);

    expect([taken, refused]).toEqual([200, 422]);
    expect(notes.found).toEqual([{ conversationId: id, actions: [first], createdMs: expect.any(Number) }]);
    expect([...notes.refused]).toEqual([second]);
  });
});
