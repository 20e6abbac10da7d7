import { describe, expect, test } from "vitest";
import type { Envelope } from "../../lambdas/domain/actor/message.ts";
import { createMemoryDeadLetters } from "../support/memory/dead-letters.ts";
import { createMemoryMailbox } from "../support/memory/mailbox.ts";
import { createManualClock } from "../support/memory/manual-clock.ts";
import { deadLettersContract } from "./suites/dead-letters.ts";
import { envelopeOf, LARGEST_BODY, mailboxContract } from "./suites/mailbox.ts";

const isOf = (sessionId: string) => (envelope: Envelope) =>
  envelope.actor.kind === "session" && envelope.actor.sessionId === sessionId;

describe("the mailbox in memory", () => {
  mailboxContract(() => {
    const mailbox = createMemoryMailbox(createManualClock());
    mailbox.refuse((envelope) => JSON.stringify(envelope).length > LARGEST_BODY);
    return { mailbox, queued: (sessionId) => mailbox.queued().filter(isOf(sessionId)) };
  });

  test("forgets after five minutes what it has seen, as SQS does", async () => {
    const clock = createManualClock();
    const mailbox = createMemoryMailbox(clock);
    await mailbox.send([envelopeOf("s", "same")]);
    clock.advance(299_999);
    await mailbox.send([envelopeOf("s", "same")]);
    expect(mailbox.drain()).toHaveLength(1);
    clock.advance(1);
    await mailbox.send([envelopeOf("s", "same")]);
    expect(mailbox.drain()).toHaveLength(1);
  });
});

describe("the dead letters in memory", () => {
  deadLettersContract(() => {
    const deadLetters = createMemoryDeadLetters();
    return { deadLetters, letters: async () => deadLetters.letters() };
  });
});
