import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readBatches } from "../../../lambdas/domain/activity/read-batches.ts";
import { wireAction, wireBatch } from "../../support/wire.ts";

const problemsOf = (body: unknown) => {
  const read = readBatches("acme", body);
  return read.ok ? [] : read.problems;
};
const withAction = (over: object) => wireBatch({ actions: [wireAction(over)] });

describe("a body", () => {
  it("is one batch or a list of them", () => {
    expect(readBatches("acme", wireBatch())).toMatchObject({ ok: true, payloads: [{ session_id: "s-1", count: 1 }] });
    const two = [wireBatch({ session_id: "a" }), wireBatch({ session_id: "b" })];
    expect(readBatches("acme", two)).toMatchObject({ ok: true, payloads: [{ session_id: "a" }, { session_id: "b" }] });
  });

  it("needs no more than a product and a session", () => {
    const read = readBatches("acme", { product_id: "acme", session_id: "s" });
    expect(read).toMatchObject({ ok: true, payloads: [{ session_id: "s", user_id: null, actions: [] }] });
  });

  it("may have fields that nobody knows, however they look", () => {
    const body = JSON.parse(`{"product_id":"acme","session_id":"s","__proto__":{"user_id":"eve"},"constructor":1,
      "forwarded_at":"yesterday","deep":${"[".repeat(50_000)}${"]".repeat(50_000)}}`);
    expect(readBatches("acme", body)).toMatchObject({ ok: true, payloads: [{ user_id: null }] });
  });

  it.each([null, 1, "x", true, [[]], [null]])("is refused when it is %j", (body) => {
    expect(problemsOf(body)).toHaveLength(1);
  });

  it("holds at most 100 batches and 10,000 actions", () => {
    expect(problemsOf(Array.from({ length: 100 }, () => wireBatch()))).toEqual([]);
    expect(problemsOf(Array.from({ length: 101 }, () => wireBatch()))).toEqual([
      { path: "body", reason: "must hold at most 100 batches" },
    ]);
    const actions = Array.from({ length: 5_001 }, () => ({}));
    expect(problemsOf([wireBatch({ actions }), wireBatch({ actions })])).toEqual([
      { path: "body", reason: "must hold at most 10000 actions" },
    ]);
  });
});

describe("ids", () => {
  it.each([
    [{ session_id: undefined }, "session_id"],
    [{ session_id: null }, "session_id"],
    [{ session_id: "" }, "session_id"],
    [{ session_id: 7 }, "session_id"],
    [{ session_id: "x".repeat(257) }, "session_id"],
    [{ product_id: "other" }, "product_id"],
    [{ product_id: undefined }, "product_id"],
    [{ user_id: "x".repeat(257) }, "user_id"],
    [{ email: "x".repeat(321) }, "email"],
    [{ conversation_id: "x".repeat(257) }, "conversation_id"],
    [{ type: "summary" }, "type"],
    [{ actions: {} }, "actions"],
  ])("%j is a problem at %s", (over, path) => {
    expect(problemsOf(wireBatch(over)).map((problem) => problem.path)).toEqual([path]);
  });

  it("are counted in characters, not in UTF-16 units", () => {
    expect(problemsOf(wireBatch({ session_id: "😀".repeat(256) }))).toEqual([]);
    expect(problemsOf(wireBatch({ session_id: "😀".repeat(257) }))).toHaveLength(1);
  });

  it.each(["user_id", "email", "conversation_id"])("%s may be empty or null, which is nothing", (field) => {
    for (const nothing of ["", null]) expect(problemsOf(wireBatch({ [field]: nothing }))).toEqual([]);
  });
});

describe("times", () => {
  it.each([946_684_800, 1_764_000_000.123, 4_102_444_800, 0, -0, "", null, undefined])("may be %j", (time) => {
    expect(problemsOf(withAction({ timestamp_start: time, timestamp_end: time }))).toEqual([]);
  });

  it("in milliseconds are told apart", () => {
    expect(problemsOf(withAction({ timestamp_end: 1.764e12 }))).toEqual([
      { path: "actions[0].timestamp_end", reason: "looks like milliseconds; send seconds" },
    ]);
  });

  it.each([946_684_799, 4_102_444_801, -1, 1.764e15, "1764000000", true, {}])(
    "are refused when they are %j",
    (time) => {
      const [problem] = problemsOf(withAction({ timestamp_start: time }));
      expect(problem?.path).toBe("actions[0].timestamp_start");
      expect(problem?.reason).toMatch(/^must be (a number of )?seconds/);
    },
  );

  it("beyond every number are refused", () => {
    const body = JSON.parse('{"product_id":"acme","session_id":"s","actions":[{"timestamp_start":1e999}]}');
    expect(problemsOf(body)).toMatchObject([{ path: "actions[0].timestamp_start" }]);
  });
});

describe("problems", () => {
  it.each(["type", "title", "description", "raw_url", "canonical_url", "session_id", "user_id", "email"])(
    "name the path of a %s that is no text, which is never coerced",
    (field) => {
      for (const value of [5, false, [], {}]) {
        expect(problemsOf([wireBatch(), withAction({ [field]: value })])).toEqual([
          { path: `[1].actions[0].${field}`, reason: "must be text" },
        ]);
      }
    },
  );

  it("are all told, up to twenty", () => {
    const body = [wireBatch({ session_id: 1, user_id: 2 }), wireBatch({ product_id: "x" })];
    expect(problemsOf(body).map(({ path }) => path)).toEqual(["[0].session_id", "[0].user_id", "[1].product_id"]);
    expect(problemsOf(wireBatch({ actions: Array.from({ length: 50 }, () => 1) }))).toHaveLength(20);
  });

  it("name an action of more than 32 KB as JSON", () => {
    const actions = [wireAction(), wireAction({ description: "é".repeat(17_000) })];
    expect(problemsOf(wireBatch({ actions }))).toEqual([
      { path: "actions[1]", reason: "must be at most 32768 bytes as JSON" },
    ]);
    expect(problemsOf(withAction({ description: "x".repeat(32_000) }))).toEqual([]);
  });

  it("never quote a value", () => {
    const secret = "c0ffee-secret";
    const wrong = wireBatch({
      product_id: secret,
      type: secret,
      user_id: [secret],
      actions: [wireAction({ index: secret })],
    });
    expect(JSON.stringify(problemsOf(wrong))).not.toContain(secret);
    expect(problemsOf(wrong)).not.toEqual([]);
  });

  it("are what any other JSON has: nothing throws", () => {
    const isAnswered = (body: unknown): void => {
      const read = readBatches("acme", body);
      if (!read.ok) expect(read.problems.length).toBeGreaterThan(0);
      for (const { path, reason } of read.ok ? [] : read.problems) expect([path, reason]).not.toContain("");
    };
    fc.assert(fc.property(fc.jsonValue(), isAnswered));
    const field = fc.oneof(fc.jsonValue(), fc.constantFrom("acme", "s-1", 1_764_000_000));
    const action = fc.record(
      { description: field, timestamp_start: field, index: field, user_id: field },
      { requiredKeys: [] },
    );
    const batch = fc.record(
      { product_id: field, session_id: field, email: field, actions: fc.oneof(field, fc.array(action)) },
      { requiredKeys: [] },
    );
    fc.assert(fc.property(fc.oneof(batch, fc.array(batch)), isAnswered));
  });
});
