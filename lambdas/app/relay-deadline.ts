import { deadlineSchema, wakeEnvelope } from "../domain/actor/deadline.ts";
import { type Clock, type Mailbox, RetryableError, type Telemetry } from "./ports.ts";

/** SQS delays by whole seconds, so this is what may be left to wait. */
const LAST_SECOND_MS = 1_000;

export type RelayPorts = {
  readonly mailbox: Mailbox;
  readonly telemetry: Telemetry;
  readonly clock: Clock;
  /** Resolves after so many milliseconds. */
  readonly wait: (ms: number) => Promise<void>;
};

/**
 * Waits out the last second before a deadline, then puts a wake into the session's group, behind everything that is
 * already queued: that is what makes a debounce coalesce. What is due later than SQS can delay is woken early, and arms
 * again.
 *
 * @param body of a message on the deadlines queue; one that makes no sense is reported and dropped, since an alarm says
 * nothing that could be lost
 * @throws RetryableError when the wake could not be queued
 */
export async function relayDeadline({ mailbox, telemetry, clock, wait }: RelayPorts, body: string): Promise<void> {
  const deadline = read(body);
  if (!deadline) {
    telemetry.error("deadline unreadable", {});
    return;
  }
  const restMs = deadline.dueAt - clock.now();
  if (restMs > 0) await wait(Math.min(restMs, LAST_SECOND_MS));
  const queued = await mailbox.send([wakeEnvelope(deadline)]);
  if (queued.size === 0) throw new RetryableError("failed", "a wake could not be queued");
  telemetry.measure("deadline.late", deadline.actor.productId, Math.max(0, clock.now() - deadline.dueAt));
}

function read(body: string) {
  try {
    return deadlineSchema.safeParse(JSON.parse(body)).data;
  } catch {
    return undefined;
  }
}
