import { describe, expect, it } from "vitest";
import { claimEnvelope, readLinkRequest } from "../../../lambdas/domain/session/link-request.ts";
import { T0 } from "../../support/session.ts";

const body = { product_id: "acme", session_id: "s1", conversation_id: "c1" };
const hour = 3_600_000;

const problemsOf = (value: unknown) => {
  const read = readLinkRequest(value);
  return read.ok ? [] : read.problems;
};

describe("what a page says", () => {
  it.each([
    ["the three ids", body],
    ["a user besides", { ...body, user_id: "jane", user_hash: "ab" }],
    ["nobody, in so many words", { ...body, user_id: null, user_hash: null }],
    ["more than anyone asked", { ...body, page: "/reports" }],
    ["ids as long as they may be", { ...body, session_id: "😀".repeat(256), conversation_id: "c".repeat(256) }],
  ])("may be %s", (_, value) => {
    expect(problemsOf(value)).toEqual([]);
  });

  it.each([
    ["session_id", "", "must not be empty"],
    ["session_id", 7, "must be text"],
    ["session_id", "s".repeat(257), "must have at most 256 characters"],
    ["conversation_id", undefined, "must be text"],
    ["conversation_id", "", "must not be empty"],
    ["user_id", "u".repeat(257), "must have at most 256 characters"],
    ["product_id", "a/b", "must be 1 to 64 of A-Z a-z 0-9 _ -"],
  ])("is told that %s must not be %j", (field, value, reason) => {
    expect(problemsOf({ ...body, [field]: value })).toEqual([{ path: field, reason }]);
  });

  it.each([[[]], [null], ["text"]])("is told that %j is no object", (value) => {
    expect(problemsOf(value)).toEqual([{ path: "body", reason: "must be an object" }]);
  });
});

describe("the message to the session", () => {
  const idOf = (more: object, acceptedAt = T0, userId?: string) =>
    claimEnvelope({ ...body, ...more }, acceptedAt, userId).message.id;

  it("carries the conversation, and the user only where they are vouched for", () => {
    expect(claimEnvelope({ ...body, user_id: "mallory" }, T0, undefined)).toEqual({
      actor: { kind: "session", productId: "acme", sessionId: "s1" },
      message: { type: "claim", id: idOf({}), acceptedAt: T0, conversationId: "c1", vouchedUserId: undefined },
    });
    expect(claimEnvelope(body, T0, "jane").message).toMatchObject({ vouchedUserId: "jane" });
  });

  it("is one message for an hour, however often the page says it, and for each user", () => {
    expect(idOf({}, T0 + hour - 1)).toBe(idOf({}));
    const others = [
      idOf({}, T0 + hour),
      idOf({}, T0, "jane"),
      idOf({ product_id: "b" }),
      idOf({ session_id: "s2" }),
      idOf({ conversation_id: "c2" }),
    ];
    expect(new Set([idOf({}), ...others]).size).toBe(6);
  });
});
