import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type FakeIntercom, startFakeIntercom } from "../../local/fake-intercom/server.ts";

/** As much of any answer as these tests read. */
type Answer = { readonly id: string; readonly conversation_parts: { readonly conversation_parts: readonly object[] } };

describe("in the fake Intercom", () => {
  let fake: FakeIntercom;
  let conversationId: string;

  beforeEach(async () => {
    fake = await startFakeIntercom({ lagMs: { min: 0, max: 0 } });
    conversationId = fake.openConversation({ contactId: fake.addContact({}).id, text: "Hello" }).id;
  });
  afterEach(() => fake.close());

  const ask = async (method: string, path: string, body?: object) => {
    const response = await fetch(fake.url + path, {
      method,
      headers: { authorization: "Bearer local-intercom-token", "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: (await response.json()) as Answer };
  };
  const reply = (body: object) =>
    ask("POST", `/conversations/${conversationId}/reply`, { type: "admin", admin_id: "9001", ...body });
  const redact = (partId: string) =>
    ask("POST", "/conversations/redact", {
      type: "conversation_part",
      conversation_id: conversationId,
      conversation_part_id: partId,
    });

  test("a teammate, who is another admin than the app's, answers a user", async () => {
    const { id } = fake.teammateReplies(conversationId, "I am <on> it.");
    const read = await ask("GET", `/conversations/${conversationId}`);
    expect(read.body.conversation_parts.conversation_parts).toMatchObject([
      { id, part_type: "comment", author: { type: "admin", id: "9101" }, body: "<p>I am &lt;on&gt; it.</p>" },
    ]);
    expect((await ask("GET", "/me")).body.id).toBe("9001");
  });

  test("a teammate answers over HTTP, too", async () => {
    const path = `/_control/conversations/${conversationId}/teammate-replies`;
    expect((await ask("POST", path, { text: "On it." })).body).toMatchObject({
      text: "On it.",
      author: { id: "9101" },
    });
  });

  test("a workspace of one admin has no teammate", async () => {
    await fake.close();
    fake = await startFakeIntercom({ admins: [{ id: "9001", name: "Throughline", email: "throughline@example.com" }] });
    const { id } = fake.openConversation({ contactId: fake.addContact({}).id, text: "Hello" });
    expect(() => fake.teammateReplies(id, "On it.")).toThrow("no second admin");
  });

  test("what is said to a user may have bold in it; a note may not, nor may anything else be said", async () => {
    const body = "<b>Save</b> <i>now</i>";
    await reply({ message_type: "comment", body });
    await reply({ message_type: "note", body });
    expect(fake.parts(conversationId).map(({ markup }) => markup)).toEqual([
      ["<i>", "</i>"],
      ["<b>", "</b>", "<i>", "</i>"],
    ]);
  });

  test("a part without text cannot be redacted, nor redacted again", async () => {
    const { id } = fake.adminWrites(conversationId, { adminId: "9001", kind: "note", text: "secret" });
    expect(await redact(id)).toMatchObject({
      status: 200,
      body: { conversation_parts: { conversation_parts: [{ id, body: null, redacted: true }] } },
    });
    expect(await redact(id)).toMatchObject({
      status: 422,
      body: { errors: [{ code: "conversation_part_not_redactable" }] },
    });
  });

  test("a fault can meet comments alone, or redactions alone, and say why", async () => {
    const { id } = fake.adminWrites(conversationId, { adminId: "9001", kind: "note", text: "secret" });
    fake.fault({ name: "reject", operation: "redact", code: "conversation_part_not_redactable" });
    fake.fault({ name: "forbidden", operation: "comment", code: "action_forbidden" });
    expect((await reply({ message_type: "note", body: "x" })).status).toBe(200);
    expect(await reply({ message_type: "comment", body: "x" })).toMatchObject({
      status: 403,
      body: { errors: [{ code: "action_forbidden" }] },
    });
    expect(await redact(id)).toMatchObject({
      status: 422,
      body: { errors: [{ code: "conversation_part_not_redactable" }] },
    });
    expect(fake.counts()).toEqual([
      { operation: "reply", ending: 200, requests: 1 },
      { operation: "comment", ending: 403, requests: 1 },
      { operation: "redact", ending: 422, requests: 1 },
    ]);
  });
});
