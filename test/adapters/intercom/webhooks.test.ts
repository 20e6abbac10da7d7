import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseWebhook } from "../../../lambdas/adapters/intercom/webhooks.ts";

const fixture = (file: string) =>
  JSON.parse(readFileSync(new URL(`../../fixtures/intercom/${file}`, import.meta.url), "utf8"));

const jane = { contactId: "667d60f18a68186f43bafdf4", externalId: "user-462718483", email: "jane@example.com" };
const author = { type: "user", id: "c-1", email: "jane@example.com" };
const contacts = { contacts: [{ id: "c-1", external_id: "user-1" }] };

const notification = (topic: string, item: object) => ({
  type: "notification_event",
  id: "notif_1",
  topic,
  created_at: 1_756_200_100,
  data: { item: { id: "215", ...item } },
});
const created = (item: object = {}) =>
  notification("conversation.user.created", { created_at: 1_756_200_000, source: { author }, contacts, ...item });
const replied = (parts: readonly object[], item: object = {}) =>
  notification("conversation.user.replied", {
    contacts,
    conversation_parts: { conversation_parts: parts },
    ...item,
  });
const part = { part_type: "comment", body: "<p>Hi</p>", created_at: 1_756_200_065, author };

describe("what Intercom sends", () => {
  test("a new conversation is read with its person", () => {
    expect(parseWebhook(fixture("webhook-created.json"))).toEqual({
      id: "notif_8f0c9a1e-2b7d-4c57-9d3e-5a1f0b6c7d21",
      conversationId: "215474343849634",
      contact: jane,
      wroteAt: 1_756_200_000_000,
      text: "How do I create a project?",
    });
  });

  test("a reply is read with its time and its words", () => {
    expect(parseWebhook(fixture("webhook-replied.json"))).toEqual({
      id: "notif_d80ecabc-851b-4bb8-a8c0-4a1952bd04da",
      conversationId: "215474343849634",
      contact: jane,
      wroteAt: 1_756_200_065_000,
      text: 'I can\'t find the "Add project" button.\nWhere is it?',
    });
  });

  test("a tapped chip is a reply with the chip's label, and its uuid", () => {
    expect(parseWebhook(fixture("webhook-replied-quick-reply.json"))).toEqual({
      id: "notif_31a7b9f2-6c0e-4d0a-8f6b-1e2d3c4b5a69",
      conversationId: "215474343849634",
      contact: jane,
      wroteAt: 1_756_200_120_000,
      text: "Need help creating a new project?",
      optionUuid: "a5e1c524-5ddd-4c3e-9328-6bca5d6e3edb",
    });
  });

  test("a ping and other topics are ignored", () => {
    expect(parseWebhook(fixture("webhook-ping.json"))).toBe("ignored");
    expect(parseWebhook(notification("conversation.admin.replied", {}))).toBe("ignored");
    expect(parseWebhook({ topic: "contact.deleted" })).toBe("ignored");
  });
});

describe("which part is the reply", () => {
  test("the newest with a body by a person, whatever its part type and place", () => {
    const parts = [
      { ...part, part_type: "open", created_at: 1_756_200_090 },
      { ...part, created_at: 1_756_200_070 },
      { ...part, created_at: 1_756_200_095, author: { type: "admin", id: "9001" } },
      { ...part, created_at: 1_756_200_096, author: { type: "bot", id: "1" } },
      { ...part, created_at: 1_756_200_097, body: null },
      { ...part, created_at: 1_756_200_098, body: "" },
    ];
    expect(parseWebhook(replied(parts))).toMatchObject({ wroteAt: 1_756_200_090_000 });
  });

  test.each(["user", "lead", "contact"])("a %s is a person", (type) => {
    expect(parseWebhook(replied([{ ...part, author: { ...author, type } }]))).toMatchObject({ conversationId: "215" });
  });

  test("a reply in which no person wrote is ignored", () => {
    expect(parseWebhook(replied([]))).toBe("ignored");
    expect(parseWebhook(replied([{ ...part, author: { type: "admin", id: "9001" } }]))).toBe("ignored");
    expect(parseWebhook(replied([], { conversation_parts: null }))).toBe("ignored");
  });

  test.each([
    ["our own answer that comes back", { type: "admin", id: "9001" }],
    ["a teammate's", { type: "admin", id: "1", email: "sam@example.com" }],
    ["a bot's", { type: "bot", id: "c-1" }],
    ["a team's", { type: "team", id: "c-1" }],
  ])("a message is nobody's question when it is %s", (_, other) => {
    const source = { author: other, body: "<p>Hi</p>" };
    expect(parseWebhook(created({ source }))).toBe("ignored");
    expect(parseWebhook(replied([{ ...part, author: other }], { source }))).toBe("ignored");
  });

  test("a part without a time was written when Intercom says it noticed", () => {
    expect(parseWebhook(replied([{ ...part, created_at: null }]))).toMatchObject({ wroteAt: 1_756_200_100_000 });
  });
});

describe("what was written", () => {
  const textOf = (body: string) => {
    const message = parseWebhook(replied([{ ...part, body }]));
    return typeof message === "string" ? message : message.text;
  };
  const optionOf = (metadata: unknown) => {
    const message = parseWebhook(replied([{ ...part, metadata }]));
    return typeof message === "string" ? message : message.optionUuid;
  };

  test.each([
    ["<p>Fish &amp; chips &lt;b&gt; &#128512;</p>", "Fish & chips <b> 😀"],
    ["<p>one<br>two</p>\n<p>three</p>\n\n\n<p>four</p>", "one\ntwo\n\nthree\n\nfour"],
    ['<p>see <a href="https://x.example/?a=1&amp;b">https://x.example</a></p>', "see https://x.example"],
    ["<ul><li>one</li><li>two</li></ul>", "one\n\ntwo"],
    ["&nbsp;Yes\u0000\u0007 ", "Yes"],
    ["<p></p>", ""],
  ])("%s is read as plain text", (body, text) => {
    expect(textOf(body)).toBe(text);
  });

  test("is cut after 10,000 characters, whole ones", () => {
    expect(textOf("😀".repeat(10_001))).toBe("😀".repeat(10_000));
  });

  test("a new conversation's message is read, and may be empty", () => {
    expect(parseWebhook(created({ source: { author, body: "<p>Hi</p>" } }))).toMatchObject({ text: "Hi" });
    expect(parseWebhook(created())).toMatchObject({ text: "" });
  });

  test("the tapped option is told by either name, the option's own first", () => {
    expect(optionOf({ quick_reply_uuid: "reply" })).toBe("reply");
    expect(optionOf({ quick_reply_option_uuid: "option", quick_reply_uuid: "reply" })).toBe("option");
  });

  test.each([
    [undefined],
    [null],
    [{}],
    [[]],
    ["x"],
    [{ quick_reply_option_uuid: { a: 1 } }],
    [{ quick_reply_uuid: "" }],
  ])("metadata without an option (%j) is none, and no reason to refuse the message", (metadata) => {
    expect(optionOf(metadata)).toBeUndefined();
  });
});

describe("who wrote", () => {
  const contactOf = (body: unknown) => {
    const message = parseWebhook(body);
    return typeof message === "string" ? message : message.contact;
  };

  test("of several contacts, the one that is the author", () => {
    const several = { contacts: [{ id: "c-0", external_id: "user-0" }, ...contacts.contacts] };
    expect(contactOf(created({ contacts: several }))).toMatchObject({ contactId: "c-1", externalId: "user-1" });
  });

  test("a sole contact, though it has another id than the author", () => {
    const sole = { contacts: [{ id: "c-9", external_id: "user-9" }] };
    expect(contactOf(created({ contacts: sole }))).toMatchObject({ contactId: "c-1", externalId: "user-9" });
  });

  test("nobody else: the author of none of several contacts borrows no identity", () => {
    const strangers = {
      contacts: [
        { id: "c-8", external_id: "user-8" },
        { id: "c-9", external_id: "user-9" },
      ],
    };
    expect(contactOf(created({ contacts: strangers }))).toEqual({
      contactId: "c-1",
      externalId: undefined,
      email: "jane@example.com",
    });
  });

  test.each(["lead", "contact"])("the e-mail of a %s is hearsay", (type) => {
    expect(contactOf(created({ source: { author: { ...author, type } } }))).toEqual({
      contactId: "c-1",
      externalId: "user-1",
      email: undefined,
    });
  });

  test("old versions say it in item.user, and may use numbers as ids", () => {
    const old = {
      id: 215,
      contacts: null,
      source: null,
      user: { type: "user", id: 7, user_id: 42, email: "j@example.com" },
    };
    expect(parseWebhook(created(old))).toMatchObject({
      conversationId: "215",
      contact: { contactId: "7", externalId: "42", email: "j@example.com" },
    });
    const oldReply = { contacts: undefined, user: old.user };
    expect(contactOf(replied([{ ...part, author: { type: "user", id: 7 } }], oldReply))).toEqual({
      contactId: "7",
      externalId: "42",
      email: "j@example.com",
    });
  });

  test("an author of whom nothing is known is ignored", () => {
    expect(parseWebhook(created({ contacts: null, source: { author: { type: "lead", id: null } } }))).toBe("ignored");
  });
});

describe("what is not in Intercom's shape is invalid", () => {
  test.each([
    ["nothing", undefined],
    ["null", null],
    ["a list", []],
    ["no topic", { type: "notification_event" }],
    ["a topic that is no text", { topic: 5 }],
    ["no item", { ...created(), data: {} }],
    ["no notification id", { ...created(), id: null }],
    ["an absurd notification id", { ...created(), id: "x".repeat(257) }],
    ["no conversation id", created({ id: "" })],
    ["an absurd conversation id", created({ id: "x".repeat(257) })],
    ["a fractional conversation id", created({ id: 1.5 })],
    ["an absurd external id", created({ contacts: { contacts: [{ id: "c-1", external_id: "x".repeat(257) }] } })],
    ["an absurd e-mail address", created({ source: { author: { ...author, email: "x".repeat(321) } } })],
    ["a time that is no number", created({ created_at: "yesterday" })],
    ["no time at all", { ...created({ created_at: null }), created_at: null }],
    ["parts that are no list", replied([], { conversation_parts: { conversation_parts: {} } })],
  ])("%s", (_, body) => {
    expect(parseWebhook(body)).toBe("invalid");
  });

  test("whatever comes, an answer comes of it, and ids that cross are short", () => {
    const anyItem = fc.record(
      {
        id: fc.anything(),
        created_at: fc.anything(),
        source: fc.oneof(fc.constant({ author }), fc.anything()),
        contacts: fc.oneof(fc.constant(contacts), fc.anything()),
        user: fc.oneof(fc.constant({ user_id: "u" }), fc.anything()),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.oneof(fc.anything(), anyItem.map(created)), (body) => {
        const message = parseWebhook(body);
        if (typeof message === "string") return ["ignored", "invalid"].includes(message);
        return (
          message.conversationId.length <= 256 && message.text.length <= 20_000 && Number.isFinite(message.wroteAt)
        );
      }),
    );
  });
});
