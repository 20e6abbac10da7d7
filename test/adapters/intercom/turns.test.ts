import { describe, expect, test } from "vitest";
import { conversationSchema } from "../../../lambdas/adapters/intercom/conversation.ts";
import { teammateWroteSince, turnsOf } from "../../../lambdas/adapters/intercom/turns.ts";

const us = { type: "admin", id: "9001" };
const teammate = { type: "admin", id: "1" };
const jane = { type: "user", id: "c-1" };
const part = (rest: object = {}) => ({
  id: "1",
  part_type: "comment",
  body: "<p>Hi</p>",
  created_at: 20,
  author: jane,
  ...rest,
});
const conversation = (parts: readonly unknown[], rest: object = {}) =>
  conversationSchema.parse({
    created_at: 10,
    source: { author: jane, body: "<p>Hello</p>", redacted: false },
    conversation_parts: { conversation_parts: parts, total_count: parts.length },
    ...rest,
  });
const said = (...given: Parameters<typeof conversation>) => turnsOf(conversation(...given), "9001");

describe("what was said", () => {
  test("begins with the first message and goes on by time, not by place", () => {
    const parts = [
      part({ id: "3", created_at: 30, author: us, body: "<p>Press <b>Save</b>.<br>Then wait.</p>" }),
      part({ id: "2", created_at: 20, author: teammate }),
    ];
    expect(said(parts)).toEqual([
      { by: "user", text: "Hello", at: 10_000 },
      { by: "teammate", text: "Hi", at: 20_000 },
      { by: "agent", text: "Press Save.\nThen wait.", at: 30_000 },
    ]);
  });

  test.each(["user", "lead", "contact"])("by a %s is the user's", (type) => {
    expect(said([part({ author: { type, id: "x" } })]).map(({ by }) => by)).toEqual(["user", "user"]);
  });

  test.each(["comment", "open", "close", "assignment", "quick_reply"])(
    "may come in a part that is a %s",
    (part_type) => {
      expect(said([part({ part_type })])).toHaveLength(2);
    },
  );

  test.each([
    ["a note", { part_type: "note", author: teammate }],
    ["a note that reopens", { part_type: "note_and_reopen", author: teammate }],
    ["a kind of part that is not known", { part_type: "conversation_summary", author: us }],
    ["a bot's", { author: { type: "bot", id: "1" } }],
    ["a team's", { author: { type: "team", id: "1" } }],
    ["of nobody", { author: null }],
    ["redacted", { redacted: true, body: "<p>This message was deleted</p>" }],
    ["without a body", { body: null }],
    ["without words", { body: "<p> <br></p>" }],
    ["without a time", { created_at: null }],
  ])("has nothing in it that is %s", (_, rest) => {
    expect(said([part(rest)]).map(({ text }) => text)).toEqual(["Hello"]);
  });

  test.each([
    ["is missing", null],
    ["has no author", { body: "<p>Hello</p>" }],
    ["is redacted", { author: jane, body: "<p>Hello</p>", redacted: true }],
    ["has a body of another kind", { author: jane, body: 5 }],
  ])("begins later where the first message %s", (_, source) => {
    expect(said([part()], { source })).toEqual([{ by: "user", text: "Hi", at: 20_000 }]);
  });
});

describe("whether a teammate has written", () => {
  const wroteSince = (since: number, parts: readonly unknown[], rest: object = {}) =>
    teammateWroteSince(conversation(parts, rest), "9001", since);

  test.each([
    [20_000, true],
    [20_999, true],
    [21_000, false],
  ])("by a time that says only in which second: since %i ms: %s", (since, expected) => {
    expect(wroteSince(since, [part({ author: teammate })])).toBe(expected);
  });

  test.each([
    ["the user", { author: jane }],
    ["our admin", { author: us }],
    ["a bot with a teammate's number", { author: { type: "bot", id: "1" } }],
    ["a teammate, in a note", { author: teammate, part_type: "note" }],
    ["a teammate, who assigns without a word", { author: teammate, part_type: "assignment", body: null }],
  ])("not by what comes of %s", (_, rest) => {
    expect(wroteSince(0, [part(rest)])).toBe(false);
  });

  test("also by beginning the conversation", () => {
    const source = { author: teammate, body: "<p>Hello</p>" };
    expect(wroteSince(10_000, [], { source })).toBe(true);
    expect(wroteSince(11_000, [], { source })).toBe(false);
  });
});
