import { describe, expect, it } from "vitest";
import type { Actor } from "../../../lambdas/domain/actor/actor.ts";
import {
  activitySortKey,
  claimKey,
  guardKey,
  jobGroupId,
  messageGroupId,
  noteSortKey,
  partitionKey,
} from "../../../lambdas/domain/actor/keys.ts";

const session = (sessionId: string, productId = "acme"): Actor => ({ kind: "session", productId, sessionId });
const person = (by: "external" | "email" | "contact", value: string): Actor => ({
  kind: "person",
  productId: "acme",
  identity: { by, value },
});

describe("a partition", () => {
  it("begins with what it is and the product", () => {
    expect(partitionKey(session("s1"))).toMatch(/^S#acme#[A-Za-z0-9_-]{43}$/);
    expect(partitionKey(person("external", "u1"))).toMatch(/^P#acme#[A-Za-z0-9_-]{43}$/);
    expect(guardKey("acme")).toBe("G#acme");
  });

  it("shows no e-mail address in clear", () => {
    expect(partitionKey(person("email", "jane@example.com"))).not.toContain("jane");
  });

  it("differs for whatever differs: product, session, kind of identity, kind of actor", () => {
    const actors = [
      session("s1"),
      session("s1", "acme2"),
      session("s2"),
      session("#s1"),
      person("external", "s1"),
      person("contact", "s1"),
      person("email", "s1"),
      person("external", "external"),
    ];
    expect(new Set(actors.map(partitionKey)).size).toBe(actors.length);
  });

  it("of a claim to a message differs by product, conversation and message", () => {
    const message = { productId: "acme", conversationId: "c1", messageId: "m1" };
    expect(claimKey(message)).toMatch(/^C#acme#[A-Za-z0-9_-]{43}$/);
    const others = [{ productId: "globex" }, { conversationId: "c2" }, { messageId: "m2" }];
    const keys = others.map((other) => claimKey({ ...message, ...other }));
    expect(new Set([claimKey(message), ...keys]).size).toBe(4);
  });

  it("with a job's kind is the job's message group, within SQS's 128 characters for the longest ids", () => {
    const longest = session("ü".repeat(256), "p".repeat(64));
    const groups = (["summary", "answer", "judge"] as const).map((kind) => jobGroupId({ actor: longest, kind }));
    expect(new Set(groups).size).toBe(3);
    for (const group of groups) expect(group).toMatch(/^[A-Za-z0-9#_-]{1,128}$/);
  });

  it("is also the message group, within SQS's 128 characters for the longest ids", () => {
    const longest = session("ü".repeat(256), "p".repeat(64));
    expect(messageGroupId(longest)).toBe(partitionKey(longest));
    expect(messageGroupId(longest)).toMatch(/^[A-Za-z0-9!"#$%&'()*+,./:;<=>?@[\\\]^_`{|}~-]{1,128}$/);
  });
});

describe("a row's key", () => {
  it("sorts as its number does", () => {
    const numbers = [1, 9, 10, 99, 100, 123_456_789];
    expect(numbers.map(activitySortKey)).toEqual(numbers.map(activitySortKey).toSorted());
    expect(numbers.map(noteSortKey)).toEqual(numbers.map(noteSortKey).toSorted());
  });

  it("keeps activity, notes and state apart", () => {
    expect(new Set([activitySortKey(1), noteSortKey(1), "STATE"]).size).toBe(3);
  });
});
