import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { toActionsEnvelopes } from "../../../lambdas/domain/activity/action-batch.ts";
import { readBatches } from "../../../lambdas/domain/activity/read-batches.ts";
import { envelopeSchema } from "../../../lambdas/domain/actor/message.ts";
import { noteText } from "../../../lambdas/domain/notes/note-text.ts";
import { wireAction, wireBatch } from "../../support/wire.ts";

const acceptedAt = 1_764_000_100_250;

function envelopesOf(body: unknown, at = acceptedAt) {
  const read = readBatches("acme", body);
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  const rawBody = Buffer.from(JSON.stringify(body));
  return toActionsEnvelopes(read.payloads, { productId: "acme", rawBody, acceptedAt: at });
}

const messagesOf = (body: unknown, at?: number) => envelopesOf(body, at).map(({ message }) => message);

describe("the messages of a body", () => {
  it("go to the batches' sessions, in order, numbered through the body", () => {
    const many = Array.from({ length: 150 }, (_, index) => wireAction({ index }));
    const envelopes = envelopesOf([wireBatch({ session_id: "a", actions: many }), wireBatch({ session_id: "b" })]);
    expect(envelopes.map(({ actor, message }) => [actor.sessionId, message.actions.length])).toEqual([
      ["a", 100],
      ["a", 50],
      ["b", 1],
    ]);
    const [bodyId] = envelopes[0]?.message.id.split(".") ?? [];
    expect(envelopes.map(({ message }) => message.id)).toEqual([`${bodyId}.0`, `${bodyId}.1`, `${bodyId}.2`]);
  });

  it("keep their ids when the body is sent again, and get others for other bytes or another product", () => {
    const ids = (body: unknown, at?: number) => messagesOf(body, at).map(({ id }) => id);
    expect(ids(wireBatch(), acceptedAt + 86_400_000)).toEqual(ids(wireBatch()));
    expect(ids(wireBatch({ count: 2 }))).not.toEqual(ids(wireBatch()));
    const read = readBatches("acme", wireBatch());
    const rawBody = Buffer.from(JSON.stringify(wireBatch()));
    const elsewhere = toActionsEnvelopes(read.ok ? read.payloads : [], { productId: "beta", rawBody, acceptedAt });
    expect(elsewhere.map(({ message }) => message.id)).not.toEqual(ids(wireBatch()));
  });

  it("are one for a batch without actions", () => {
    expect(messagesOf(wireBatch({ actions: [], user_id: "u" }))).toMatchObject([
      { actions: [], userId: "u", latestAt: null },
    ]);
  });

  it("say who and where as the batch does, or else the first action that does", () => {
    const actions = [wireAction({ user_id: "" }), wireAction({ user_id: "of-action", conversation_id: "c-action" })];
    expect(messagesOf(wireBatch({ actions, email: "a@b.c" }))).toMatchObject([
      { userId: "of-action", email: "a@b.c", conversationId: "c-action" },
    ]);
    expect(messagesOf(wireBatch({ actions, user_id: "of-batch", conversation_id: "c" }))).toMatchObject([
      { userId: "of-batch", conversationId: "c" },
    ]);
  });
});

describe("times", () => {
  const timesOf = (action: object) =>
    messagesOf(wireBatch({ actions: [action] })).map(({ latestAt, actions: [first] }) => ({
      latestAt,
      start: first?.timestamp_start,
      end: first?.timestamp_end,
    }));

  it("that nobody names are the time of acceptance, and count as named by nobody", () => {
    expect(timesOf({ timestamp_start: 0, timestamp_end: "" })).toEqual([
      { latestAt: null, start: acceptedAt / 1_000, end: acceptedAt / 1_000 },
    ]);
  });

  it("stand for each other when only one is named", () => {
    expect(timesOf({ timestamp_start: 1_764_000_000 })).toEqual([
      { latestAt: 1_764_000_000_000, start: 1_764_000_000, end: 1_764_000_000 },
    ]);
    expect(timesOf({ timestamp_end: 1_764_000_005 })).toEqual([
      { latestAt: 1_764_000_005_000, start: 1_764_000_005, end: 1_764_000_005 },
    ]);
  });
});

describe("cutting", () => {
  const text = fc.oneof(
    { weight: 5, arbitrary: fc.string({ maxLength: 200 }) },
    { weight: 2, arbitrary: fc.integer({ min: 0, max: 31_000 }).map((length) => "x".repeat(length)) },
    { weight: 1, arbitrary: fc.integer({ min: 0, max: 5_000 }).map((length) => "\u0001".repeat(length)) },
  );
  const action = fc.record(
    { description: text, title: fc.string({ maxLength: 20 }), timestamp_start: fc.constantFrom(0, 1_764_000_000.125) },
    { requiredKeys: ["description"] },
  );
  const batch = fc.record({
    product_id: fc.constant("acme"),
    session_id: fc.string({ minLength: 1, maxLength: 256, unit: "binary" }),
    actions: fc.array(action, { maxLength: 250, size: "max" }),
  });
  const check = (property: (body: object) => void) => fc.assert(fc.property(batch, property), { numRuns: 40 });

  it("keeps the order and loses nothing", () => {
    check((body) => {
      const sent = readBatches("acme", body);
      const descriptions = sent.ok
        ? sent.payloads.flatMap(({ actions }) => actions.map((one) => one.description))
        : null;
      expect(messagesOf(body).flatMap(({ actions }) => actions.map((one) => one.description))).toEqual(descriptions);
    });
  });

  it("makes messages of at most 100 actions and 64 KB, each of which fits one note of 40,000 characters", () => {
    check((body) => {
      for (const envelope of envelopesOf(body)) {
        const { actor, message } = envelope;
        expect(message.actions.length).toBeLessThanOrEqual(100);
        expect(Buffer.byteLength(JSON.stringify(envelope))).toBeLessThanOrEqual(65_536);
        expect(envelopeSchema.safeParse(envelope).success).toBe(true);
        const note = noteText({ sessionId: actor.sessionId, actions: message.actions, binSeconds: 3, nowS: 0 });
        expect([...note].length).toBeLessThanOrEqual(40_000);
      }
    });
  });

  it("counts what stands around the actions, however long the ids and whatever JSON makes of them", () => {
    for (const filler of ["x", "\u0001"]) {
      const id = filler.repeat(256);
      for (let length = 19_000; length < 22_000; length += 7) {
        const actions = Array.from({ length: 3 }, () => ({ raw_url: "x".repeat(length) }));
        const body = wireBatch({ session_id: id, user_id: id, conversation_id: id, actions });
        for (const envelope of envelopesOf(body)) {
          expect(Buffer.byteLength(JSON.stringify(envelope))).toBeLessThanOrEqual(65_536);
        }
      }
    }
  });

  it("is the same whenever the body is accepted", () => {
    check((body) => {
      const sizes = (at: number) => messagesOf(body, at).map(({ actions }) => actions.length);
      expect(sizes(1_764_000_000_000)).toEqual(sizes(1_764_000_000_123));
    });
  });

  it("starts a batch only when the one before is full", () => {
    const actions = Array.from({ length: 5 }, () => wireAction({ description: "x".repeat(13_000) }));
    expect(messagesOf(wireBatch({ actions })).map((message) => message.actions.length)).toEqual([3, 2]);
    const heavy = Array.from({ length: 5 }, () => wireAction({ description: "", raw_url: "x".repeat(20_000) }));
    expect(messagesOf(wireBatch({ actions: heavy })).map((message) => message.actions.length)).toEqual([3, 2]);
  });
});
