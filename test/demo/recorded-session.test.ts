import { describe, expect, it } from "vitest";
import { verifyBatchSignature } from "../../lambdas/adapters/connector/batch-signature.ts";
import { intercomWebhooks } from "../../lambdas/adapters/intercom/webhooks.ts";
import { readBatches } from "../../lambdas/domain/activity/read-batches.ts";
import { payloadOf } from "../../local/demo/connector.ts";
import { pace } from "../../local/demo/pace.ts";
import { recordedSession, sentDescriptions } from "../../local/demo/session.ts";
import { conversationCreated, userReplied } from "../../local/fake-intercom/notification.ts";
import { signBatch, signWebhook } from "../../local/sign.ts";

const { batches, chat } = recordedSession;

describe("the recorded session", () => {
  it("is one user's four minutes: 40 actions in 12 batches", () => {
    expect(batches).toHaveLength(12);
    expect(sentDescriptions(recordedSession)).toHaveLength(40);
    expect(batches.at(-1)?.at).toBeLessThanOrEqual(240);
  });

  it("is in order of time, and nothing is pushed before it was done", () => {
    const times = batches.flatMap(({ actions }) => actions.map(({ at }) => at));

    expect(times).toEqual(times.toSorted((one, other) => one - other));
    expect(batches.map(({ at }) => at)).toEqual(batches.map(({ at }) => at).toSorted((one, other) => one - other));
    for (const { at, actions } of batches) expect(actions.at(-1)?.at).toBeLessThanOrEqual(at);
  });

  it("has nothing that leaves the window of two minutes before the user opens the chat", () => {
    expect(chat[0]?.at).toBeLessThan(120);
    expect(chat[0]?.at).toBeGreaterThan(batches[0]?.at ?? Number.NaN);
  });

  it("is pushed as batches that the edge takes, signed as it checks", () => {
    const payloads = batches.map((batch) => payloadOf(recordedSession, batch, pace(9, 1_790_000_000_000)));
    const signed = signBatch(payloads, "secret");

    expect(readBatches("acme", payloads)).toMatchObject({ ok: true });
    expect(verifyBatchSignature(Buffer.from(signed.body), signed.headers["X-Connector-Signature"], ["secret"])).toBe(
      true,
    );
  });

  it("keeps its order and its distances at any pace", () => {
    const [first] = batches;
    const payload = first && payloadOf(recordedSession, first, pace(10, 1_790_000_000_000));

    expect(payload?.actions.map(({ timestamp_start }) => timestamp_start)).toEqual(
      first?.actions.map(({ at }) => 1_790_000_000 + at / 10),
    );
  });
});

describe("the Messenger's webhooks", () => {
  const writer = {
    conversationId: "215",
    contactId: "667d",
    externalId: "user-1",
    name: "Dana",
    email: "dana@example.com",
  };
  const opening = { partId: "1", text: "Hello?", atMs: 1_790_000_000_000 };
  const contact = { contactId: "667d", externalId: "user-1", email: "dana@example.com" };

  it("tell who opened which conversation", () => {
    const read = intercomWebhooks.parse(conversationCreated(writer, opening));

    expect(read).toMatchObject({ conversationId: "215", contact, wroteAt: 1_790_000_000_000 });
  });

  it("tell who replied, and when", () => {
    const reply = { partId: "2", text: "Anyone?", atMs: 1_790_000_060_000 };

    const read = intercomWebhooks.parse(userReplied(writer, opening, reply));

    expect(read).toMatchObject({ conversationId: "215", contact, wroteAt: 1_790_000_060_000 });
  });

  it("are signed as the receiver checks", () => {
    const { body, headers } = signWebhook(conversationCreated(writer, opening), "secret");
    const lowerCase = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));

    expect(intercomWebhooks.verify(Buffer.from(body), lowerCase, ["secret"])).toBe(true);
  });
});
