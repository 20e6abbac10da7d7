import { randomUUID } from "node:crypto";
import { beforeAll, expect, test } from "vitest";
import type { Mailbox } from "../../../lambdas/app/ports.ts";
import type { Envelope } from "../../../lambdas/domain/actor/message.ts";

export type MailboxUnderTest = {
  readonly mailbox: Mailbox;
  /** What is queued for a session, in order. */
  queued(sessionId: string): readonly Envelope[];
};

/** A message of more characters than this is one that the queue under test refuses. */
export const LARGEST_BODY = 300_000;

export function envelopeOf(sessionId: string, id: string, conversationId = "conversation"): Envelope {
  return {
    actor: { kind: "session", productId: "acme", sessionId },
    message: { type: "link", id, acceptedAt: 1, conversationId },
  };
}

/** What a mailbox does, whatever it is made of. */
export function mailboxContract(open: () => MailboxUnderTest): void {
  let mailbox: Mailbox;
  let queued: MailboxUnderTest["queued"];
  const tooLarge = "x".repeat(LARGEST_BODY + 1);

  beforeAll(() => {
    ({ mailbox, queued } = open());
  });

  test("nothing to send is nothing sent", async () => {
    expect(await mailbox.send([])).toEqual(new Set());
  });

  test("messages of many sessions are queued, each session's in order", async () => {
    const sessions = Array.from({ length: 12 }, () => randomUUID());
    const envelopes = ["a", "b", "c"].flatMap((id) => sessions.map((session) => envelopeOf(session, id)));
    expect(await mailbox.send(envelopes)).toEqual(new Set(envelopes.keys()));
    for (const session of sessions) {
      expect(queued(session)).toEqual(["a", "b", "c"].map((id) => envelopeOf(session, id)));
    }
  });

  test("after a message that is refused nothing more of its session is sent, and all of the others", async () => {
    const [failing, other] = [randomUUID(), randomUUID()];
    const envelopes = [
      envelopeOf(failing, "1"),
      envelopeOf(other, "1"),
      envelopeOf(failing, "2", tooLarge),
      envelopeOf(failing, "3"),
      envelopeOf(other, "2"),
    ];
    expect(await mailbox.send(envelopes)).toEqual(new Set([0, 1, 4]));
    expect(queued(failing).map(({ message }) => message.id)).toEqual(["1"]);
    expect(queued(other).map(({ message }) => message.id)).toEqual(["1", "2"]);
  });

  test("messages that may go together are queued in order, and are known one by one where some are refused", async () => {
    const [one, other, third] = [randomUUID(), randomUUID(), randomUUID()];
    const ids = Array.from({ length: 25 }, (_, at) => `${at}`);
    const envelopes = [...ids.flatMap((id) => [one, other].map((session) => envelopeOf(session, id)))];
    expect(await mailbox.send(envelopes, { together: true })).toEqual(new Set(envelopes.keys()));
    for (const session of [one, other]) expect(queued(session).map(({ message }) => message.id)).toEqual(ids);

    const some = [envelopeOf(third, "1"), envelopeOf(third, "2", tooLarge), envelopeOf(third, "3")];
    expect(await mailbox.send(some, { together: true })).toEqual(new Set([0, 2]));
    expect(queued(third).map(({ message }) => message.id)).toEqual(["1", "3"]);
  });

  test("a message that is sent again is queued once, and counts as queued", async () => {
    const session = randomUUID();
    await mailbox.send([envelopeOf(session, "same")]);
    expect(await mailbox.send([envelopeOf(session, "same"), envelopeOf(session, "next")])).toEqual(new Set([0, 1]));
    expect(queued(session).map(({ message }) => message.id)).toEqual(["same", "next"]);
  });

  test("one cause tells two sessions, each of which hears of it", async () => {
    const [one, other] = [randomUUID(), randomUUID()];
    await mailbox.send([envelopeOf(one, "cause"), envelopeOf(other, "cause")]);
    expect([...queued(one), ...queued(other)]).toHaveLength(2);
  });

  test("a text of any characters arrives as it was sent", async () => {
    const envelope = envelopeOf(randomUUID(), "1", "\u0000\u001f\u007f\ud800\ufffe\uffff\u{1F642}\u2028");
    expect(await mailbox.send([envelope])).toEqual(new Set([0]));
    expect(queued(envelope.actor.kind === "session" ? envelope.actor.sessionId : "")).toEqual([envelope]);
  });
}
