import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type FakeIntercom, startFakeIntercom } from "../../local/fake-intercom/server.ts";
import type { FakePart } from "../../local/fake-intercom/world.ts";

/** As much of any answer as these tests read. */
type Answer = {
  readonly id: string;
  readonly errors?: readonly { readonly code: string }[];
  readonly data: readonly { readonly id: string }[];
  readonly conversation_id: string;
  readonly conversation_parts: {
    readonly total_count: number;
    readonly conversation_parts: readonly {
      readonly id: string;
      readonly body: string;
      readonly created_at: number;
      readonly metadata?: object;
    }[];
  };
};

describe("the fake Intercom", () => {
  let time = 1_756_200_000_000;
  let fake: FakeIntercom;
  let conversationId: string;

  beforeEach(async () => {
    time = 1_756_200_000_000;
    fake = await startFakeIntercom({ now: () => time, requestsPerWindow: 20, skewS: 3 });
    const contact = fake.addContact({ externalId: "user-1", email: "jane@example.com" });
    conversationId = fake.openConversation({ contactId: contact.id, text: "Hello" }).id;
  });
  afterEach(() => fake.close());

  type Asked = { version?: string; token?: string; body?: unknown };
  const ask = async (method: string, path: string, { version, token = "local-intercom-token", body }: Asked = {}) => {
    const response = await fetch(fake.url + path, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        "content-type": "application/json",
        ...(version === undefined ? {} : { "intercom-version": version }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: response.status, headers: response.headers, body: (await response.json()) as Answer };
  };
  const reply = (body: object, asked: Asked = {}) =>
    ask("POST", `/conversations/${conversationId}/reply`, {
      ...asked,
      body: { type: "admin", admin_id: "9001", ...body },
    });
  const note = (body: string) => reply({ message_type: "note", body });
  const errorCode = (answer: { readonly body: Answer } | undefined) => answer?.body.errors?.[0]?.code;

  describe("takes only what Intercom documents", () => {
    test("a note is a reply; the parts path writes none", async () => {
      const path = `/conversations/${conversationId}/parts`;
      const body = { message_type: "note", type: "admin", admin_id: "9001", body: "x" };
      expect(await ask("POST", path, { body })).toMatchObject({ status: 404, body: { type: "error.list" } });
      expect((await note("x")).status).toBe(200);
      expect(fake.parts(conversationId)).toHaveLength(1);
    });

    test.each([
      ["no body", { message_type: "note" }],
      ["an empty body", { message_type: "note", body: " " }],
      ["another admin", { message_type: "note", body: "x", admin_id: "9002" }],
      ["an admin id that is a number", { message_type: "note", body: "x", admin_id: 9001 }],
      ["an unknown kind", { message_type: "whisper", body: "x" }],
    ])("a reply with %s is refused", async (_, body) => {
      expect((await reply(body)).status).toBe(400);
      expect(fake.parts(conversationId)).toEqual([]);
    });

    test("errors have Intercom's shape", async () => {
      expect((await ask("GET", "/conversations/1")).body).toEqual({
        type: "error.list",
        request_id: expect.any(String),
        errors: [{ code: "not_found", message: expect.any(String), field: null }],
      });
    });
  });

  describe("minds the version", () => {
    const chips = {
      message_type: "quick_reply",
      body: "Need help?",
      reply_options: [{ text: "Yes", uuid: "a5e1c524-5ddd-4c3e-9328-6bca5d6e3edb" }],
    };

    test.each([
      [undefined, 400],
      ["2.11", 400],
      ["2.13", 400],
      ["2.14", 200],
      ["Unstable", 200],
      ["9.9", 400],
    ])("chips with version %s are answered %i", async (version, status) => {
      expect((await reply(chips, version === undefined ? {} : { version })).status).toBe(status);
    });

    test("what a chip is, and which was tapped, shows from 2.14 on", async () => {
      await reply(chips, { version: "2.14" });
      fake.tapOption(conversationId, "Yes");
      time += 1_000;
      const metadataIn = async (version: string) => {
        const { body } = await ask("GET", `/conversations/${conversationId}`, { version });
        const parts = body.conversation_parts.conversation_parts;
        return parts.toSorted((a, b) => Number(a.id) - Number(b.id)).map(({ metadata }) => metadata);
      };
      expect(await metadataIn("2.14")).toEqual([
        { quick_reply_options: chips.reply_options },
        { quick_reply_option_uuid: chips.reply_options[0]?.uuid },
      ]);
      expect(await metadataIn("2.11")).toEqual([undefined, undefined]);
    });

    test("a workspace may refuse a body beside chips", async () => {
      fake.setRules({ bodyWithOptions: "refused" });
      const { body: _, ...bare } = chips;
      expect((await reply(chips, { version: "2.14" })).status).toBe(422);
      expect((await reply(bare, { version: "2.14" })).status).toBe(200);
    });

    test("a chip's id must be a UUID", async () => {
      const slug = { ...chips, reply_options: [{ text: "Yes", uuid: "yes" }] };
      expect((await reply(slug, { version: "2.14" })).status).toBe(400);
    });

    test("conversations are deleted from 2.15 on", async () => {
      const path = `/conversations/${conversationId}?retain_metrics=true`;
      expect((await ask("DELETE", path, { version: "2.11" })).status).toBe(404);
      expect((await ask("DELETE", path, { version: "2.15" })).status).toBe(200);
      expect((await ask("DELETE", path, { version: "2.15" })).status).toBe(404);
      expect(fake.deletions()).toMatchObject([{ conversation: { id: conversationId }, retainMetrics: true }]);
    });
  });

  test("tells who began a conversation, and whether its contact has written", async () => {
    const contactId = fake.addContact({}).id;
    const { id } = fake.adminOpens({ adminId: "9001", contactId, text: "Welcome" });
    const read = async () => (await ask("GET", `/conversations/${id}`)).body;
    expect(await read()).toMatchObject({
      source: { author: { type: "admin", id: "9001" }, delivered_as: "admin_initiated" },
      first_contact_reply: null,
    });
    fake.userReplies(id, "Hi");
    expect(await read()).toMatchObject({ first_contact_reply: { created_at: time / 1_000 + 3 } });
  });

  test("knows tokens, and forgets them when they are replaced", async () => {
    expect((await ask("GET", "/me", { token: "wrong" })).status).toBe(401);
    fake.setTokens(["new"]);
    expect((await ask("GET", "/me")).status).toBe(401);
    expect((await ask("GET", "/me", { token: "new" })).body).toMatchObject({ type: "admin", id: "9001" });
  });

  test("counts requests in windows of ten seconds", async () => {
    const answers: Awaited<ReturnType<typeof ask>>[] = [];
    for (let n = 0; n < 21; n += 1) answers.push(await ask("GET", "/me"));
    expect(answers.map(({ status }) => status)).toEqual([...Array(20).fill(200), 429]);
    expect(errorCode(answers[20])).toBe("rate_limit_exceeded");
    expect(answers[0]?.headers.get("x-ratelimit-remaining")).toBe("19");
    expect(answers[20]?.headers.get("x-ratelimit-reset")).toBe(String(time / 1_000 + 10));
    time += 10_000;
    expect((await ask("GET", "/me")).status).toBe(200);
  });

  describe("gives back something else than it was given", () => {
    test("bodies are rewritten, what was not escaped is remembered", async () => {
      await note("It's <br><br>at https://x.example/a?b=1&amp;c.");
      await note("<script>alert(1)</script><b class=x>bold</b>");
      time += 1_000;
      const { body } = await ask("GET", `/conversations/${conversationId}`);
      const bodies = body.conversation_parts.conversation_parts.map((part) => part.body);
      const link = "https://x.example/a?b=1&amp;c";
      expect(bodies.toSorted()).toEqual([
        `<p>It&#39;s </p>\n<p>at <a href="${link}" rel="nofollow noopener noreferrer" target="_blank">${link}</a>.</p>`,
        "<p>alert(1)<b>bold</b></p>",
      ]);
      expect(fake.partsWithMarkup().map((part) => part.markup)).toEqual([
        ["<script>", "</script>", "<b class=x>", "</b>"],
      ]);
    });

    test("parts come late, in another order, by another clock, and at most 500", async () => {
      await note("0");
      expect((await ask("GET", `/conversations/${conversationId}`)).body.conversation_parts.total_count).toBe(0);
      for (let n = 1; n < 600; n += 1) {
        fake.adminWrites(conversationId, { adminId: "9001", kind: "note", text: String(n) });
      }
      time += 800;
      const { body } = await ask("GET", `/conversations/${conversationId}`);
      const parts = body.conversation_parts.conversation_parts;
      const numbers = parts.map((part) => Number(part.body.replace(/<\/?p>/g, "")));
      expect(numbers).not.toEqual(numbers.toSorted((a, b) => a - b));
      expect(numbers.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 500 }, (_, n) => n + 100));
      expect(new Set(parts.map((part) => part.created_at))).toEqual(new Set([1_756_200_003]));
    });

    test("a redacted part stays without its text", async () => {
      const { body } = await note("secret");
      const redact = (id: string) =>
        ask("POST", "/conversations/redact", {
          body: { type: "conversation_part", conversation_id: conversationId, conversation_part_id: id },
        });
      const [part] = body.conversation_parts.conversation_parts;
      expect((await redact(String(part?.id))).status).toBe(200);
      expect(fake.parts(conversationId)).toMatchObject([{ id: part?.id, text: "", redacted: true }]);
      expect(errorCode(await redact("1"))).toBe("conversation_part_or_message_not_found");
    });
  });

  test("contacts are found after the lag, and can be written for", async () => {
    const search = () =>
      ask("POST", "/contacts/search", { body: { query: { field: "external_id", operator: "=", value: "user-1" } } });
    expect((await search()).body.data).toEqual([]);
    time += 800;
    const [contact] = (await search()).body.data;
    expect(contact).toMatchObject({ external_id: "user-1", email: "jane@example.com" });
    const opened = await ask("POST", "/conversations", {
      body: { from: { type: "user", id: contact?.id }, body: "Hi" },
    });
    expect(opened.body.conversation_id).not.toBe(opened.body.id);
    expect((await ask("GET", `/conversations/${opened.body.conversation_id}`)).status).toBe(200);
  });

  test("tells of each part as it is written, in plain text, until told to stop", async () => {
    const seen: FakePart[] = [];
    const stop = fake.onPart((part) => seen.push(part));
    await note("one &amp; two<br>three");
    fake.userReplies(conversationId, "thanks");
    stop();
    await note("unseen");
    expect(seen.map(({ kind, author, text }) => [kind, author.type, text])).toEqual([
      ["note", "admin", "one & two\nthree"],
      ["comment", "user", "thanks"],
    ]);
  });

  test("is controlled over HTTP too", async () => {
    const contact = (await ask("POST", "/_control/contacts", { body: { externalId: "user-2" } })).body;
    const opened = (await ask("POST", "/_control/conversations", { body: { contactId: contact.id, text: "Hi" } })).body;
    await ask("POST", `/_control/conversations/${opened.id}/replies`, { body: { text: "More" } });
    expect((await ask("GET", `/_control/conversations/${opened.id}/parts`)).body).toMatchObject([{ text: "More" }]);
    expect((await ask("POST", "/_control/faults", { body: { name: "flood" } })).status).toBe(400);
    await ask("POST", "/_control/faults", { body: { name: "outage", operation: "reply" } });
    expect((await note("x")).status).toBe(503);
    expect((await ask("GET", "/me")).status).toBe(200);
    await ask("DELETE", "/_control/faults");
    expect((await note("x")).status).toBe(200);
    expect((await ask("GET", "/_control/counts")).body).toEqual([
      { operation: "reply", ending: 503, requests: 1 },
      { operation: "me", ending: 200, requests: 1 },
      { operation: "reply", ending: 200, requests: 1 },
    ]);
  });

  test("chips are tapped, and admins open conversations, over HTTP too", async () => {
    const options = [{ text: "Yes", uuid: "a5e1c524-5ddd-4c3e-9328-6bca5d6e3edb" }];
    await reply({ message_type: "quick_reply", reply_options: options }, { version: "2.14" });
    const taps = `/_control/conversations/${conversationId}/taps`;
    expect((await ask("POST", taps, { body: { option: "No" } })).status).toBe(400);
    expect((await ask("POST", taps, { body: { option: options[0]?.uuid } })).body).toMatchObject({ text: "Yes" });
    const contactId = fake.addContact({}).id;
    const opened = { contactId, text: "Welcome", adminId: "9001" };
    expect((await ask("POST", "/_control/conversations", { body: opened })).body).toMatchObject({
      opener: { type: "admin" },
    });
    await ask("PUT", "/_control/rules", { body: { bodyWithOptions: "refused" } });
    expect(
      (await reply({ message_type: "quick_reply", body: "x", reply_options: options }, { version: "2.14" })).status,
    ).toBe(422);
  });

  test("a fault can meet offers alone", async () => {
    fake.fault({ name: "outage", operation: "offer" });
    expect((await note("x")).status).toBe(200);
    expect((await reply({ message_type: "quick_reply", reply_options: [] }, { version: "2.14" })).status).toBe(503);
  });

  test("faults end by count and by time", async () => {
    fake.fault({ name: "outage", count: 1 });
    fake.fault({ name: "error-500", durationMs: 5_000 });
    expect((await note("x")).status).toBe(503);
    expect((await note("x")).status).toBe(500);
    time += 5_000;
    expect((await note("x")).status).toBe(200);
  });

  test("closes while a request hangs", async () => {
    fake.fault({ name: "hang-after" });
    const written = new Promise((resolve) => fake.onPart(resolve));
    const hanging = note("x").catch((error: Error) => error);
    await written;
    await fake.close();
    await expect(hanging).resolves.toBeInstanceOf(Error);
  });
});
