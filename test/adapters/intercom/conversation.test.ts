import { describe, expect, test } from "vitest";
import { conversationSchema, originOf } from "../../../lambdas/adapters/intercom/conversation.ts";
import { fingerprintOfText } from "../../../lambdas/adapters/intercom/note-text.ts";
import { offersOf } from "../../../lambdas/adapters/intercom/offer-parts.ts";

const us = { type: "admin", id: "9001" };
const conversation = (parts: readonly unknown[], rest: object = {}) =>
  conversationSchema.parse({
    source: { author: us },
    first_contact_reply: null,
    conversation_parts: { conversation_parts: parts, total_count: parts.length },
    ...rest,
  });
const part = (rest: object = {}) => ({
  id: "1",
  part_type: "comment",
  body: "<p>Hi</p>",
  created_at: 1,
  author: us,
  ...rest,
});

describe("whose a conversation is", () => {
  const originWith = (...given: Parameters<typeof conversation>) => originOf(conversation(...given), "9001");

  test("ours, when our admin began it and nobody but us and machines has written", () => {
    const staff = [us, { type: "bot", id: "2" }, { type: "team", id: "3" }];
    expect(originWith(staff.map((author) => part({ author })))).toEqual({ openedByUs: true, personWrote: false });
  });

  test.each([
    ["a teammate's part", [part({ author: { type: "admin", id: "1" } })], {}],
    ["a user's part", [part({ author: { type: "user", id: "u" } })], {}],
    ["a lead's part without a body", [part({ author: { type: "lead", id: "u" }, body: null, part_type: "close" })], {}],
    ["a part whose author cannot be read", [{ id: "1" }], {}],
    ["a first reply that it names", [], { first_contact_reply: { created_at: 1, type: "conversation", url: null } }],
    ["a first reply of which nothing is said", [], { first_contact_reply: undefined }],
    ["a user's first message", [], { source: { author: { type: "user", id: "u" } } }],
    ["no first message", [], { source: null }],
    ["more parts than it shows", [part()], { conversation_parts: { conversation_parts: [part()], total_count: 2 } }],
    ["as many parts as can be shown", Array.from({ length: 500 }, () => part()), {}],
    ["no parts at all", [], { conversation_parts: null }],
  ])("possibly a person's: %s", (_, parts, rest) => {
    expect(originWith(parts, rest)).toMatchObject({ personWrote: true });
  });

  test.each([
    ["another admin", { author: { type: "admin", id: "1" } }],
    ["a bot with our number", { author: { type: "bot", id: "9001" } }],
    ["nobody", null],
  ])("not ours, when it was begun by %s", (_, source) => {
    expect(originWith([], { source })).toMatchObject({ openedByUs: false });
  });
});

describe("which parts are an offer", () => {
  const [yes, no] = ["a5e1c524-5ddd-4c3e-9328-6bca5d6e3edb", "2ed6657d-e927-568b-95e1-2665a8aea6a2"];
  const showing = (...uuids: readonly string[]) => ({
    metadata: { quick_reply_options: uuids.map((uuid) => ({ uuid, text: "chip" })) },
  });
  const found = (parts: readonly unknown[], optionUuids: readonly string[] = [yes, no], body = "Hi") =>
    offersOf(conversation(parts), "9001", { optionUuids, fingerprint: fingerprintOfText(body) }).map(({ id }) => id);

  test("those with its options go before those with its body, each oldest first", () => {
    const parts = [
      part({ id: "4", created_at: 4 }),
      part({ id: "3", created_at: 3, body: null, ...showing(no, yes) }),
      part({ id: "2", created_at: 2, ...showing(yes, no) }),
      part({ id: "1", created_at: 1, part_type: "open" }),
    ];
    expect(found(parts)).toEqual(["2", "3", "1", "4"]);
  });

  test.each([
    ["that shows a part of its options only", part({ body: "x", ...showing(yes) })],
    ["that is a note", part({ part_type: "note", ...showing(yes, no) })],
    ["of another admin", part({ author: { type: "admin", id: "1" }, ...showing(yes, no) })],
    ["of a user", part({ author: { type: "user", id: "9001" } })],
  ])("none %s", (_, other) => {
    expect(found([other])).toEqual([]);
  });

  test("metadata in an unknown shape does not hide the words", () => {
    expect(found([part({ metadata: { quick_reply_options: "none" } })])).toEqual(["1"]);
  });

  test("an offer without options or without words is not every part that has none", () => {
    expect(found([part({ body: "x" })], [])).toEqual([]);
    expect(found([part({ body: null }), part({ body: "<p> </p>" })], [yes], "")).toEqual([]);
  });
});
