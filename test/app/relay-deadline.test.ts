import { describe, expect, it } from "vitest";
import { RetryableError } from "../../lambdas/app/ports.ts";
import { relayDeadline } from "../../lambdas/app/relay-deadline.ts";
import { createMemoryMailbox } from "../support/memory/mailbox.ts";
import { createManualClock } from "../support/memory/manual-clock.ts";
import { createMemoryTelemetry } from "../support/memory/telemetry.ts";
import { T0 } from "../support/session.ts";

const actor = { kind: "session", productId: "acme", sessionId: "s1" } as const;

function createRelay() {
  const clock = createManualClock(T0);
  const mailbox = createMemoryMailbox(clock);
  const telemetry = createMemoryTelemetry();
  const waits: number[] = [];
  const wait = async (ms: number) => {
    waits.push(ms);
    clock.advance(ms);
  };
  const relay = (body: string) => relayDeadline({ mailbox, telemetry, clock, wait }, body);
  const deadline = (inMs: number, nonce = "n1") => JSON.stringify({ actor, dueAt: T0 + inMs, nonce });
  return { clock, mailbox, telemetry, waits, relay, deadline };
}

describe("a deadline", () => {
  it("given less than a second to go, then the relay waits it out and wakes the session", async () => {
    const { relay, deadline, waits, mailbox } = createRelay();
    await relay(deadline(430));
    expect(waits).toEqual([430]);
    expect(mailbox.queued()).toEqual([{ actor, message: { type: "wake", id: "n1", acceptedAt: T0 + 430 } }]);
  });

  it("given that its time has passed, then the session is woken at once", async () => {
    const { relay, deadline, waits, mailbox } = createRelay();
    await relay(deadline(-5_000));
    expect(waits).toEqual([]);
    expect(mailbox.queued()).toHaveLength(1);
  });

  it("given more than SQS can delay, then the session is woken early, and arms again", async () => {
    const { relay, deadline, waits, mailbox } = createRelay();
    await relay(deadline(3_600_000));
    expect(waits).toEqual([1_000]);
    expect(mailbox.queued()).toHaveLength(1);
  });

  it("given the same deadline twice, then the queue takes one wake; given another nonce, then two", async () => {
    const { relay, deadline, mailbox } = createRelay();
    await relay(deadline(0));
    await relay(deadline(0));
    expect(mailbox.queued()).toHaveLength(1);
    await relay(deadline(0, "n2"));
    expect(mailbox.queued()).toHaveLength(2);
  });

  it("given that the wake cannot be queued, then the deadline comes again", async () => {
    const { relay, deadline, mailbox } = createRelay();
    mailbox.refuse(() => true);
    await expect(relay(deadline(0))).rejects.toThrow(RetryableError);
  });

  it.each(["no json", "{}", '{"actor":{"kind":"person"},"dueAt":1,"nonce":"n"}'])(
    "given a body that makes no sense (%s), then it is reported and dropped",
    async (body) => {
      const { relay, telemetry, mailbox } = createRelay();
      await relay(body);
      expect(mailbox.queued()).toEqual([]);
      expect(telemetry.entries()).toMatchObject([{ level: "error", event: "deadline unreadable" }]);
    },
  );
});
