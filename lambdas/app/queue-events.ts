import { type Extracted, type Trust, toEventEnvelopes } from "../domain/sources/event-envelopes.ts";
import type { RawEvent } from "../domain/sources/raw-event.ts";
import type { Clock, Mailbox, Product, Telemetry } from "./ports.ts";

export type QueueEventsPorts = {
  readonly mailbox: Mailbox;
  readonly clock: Clock;
  readonly telemetry: Telemetry;
};

export type EventCounts = {
  readonly accepted: number;
  /** Events that say nothing to an agent. */
  readonly dropped: number;
  /** Entries that are no event, or that name no session and no user. */
  readonly refused: number;
};

/**
 * Puts what events say into their sessions' mailboxes. Sending the same events again is safe: each keeps its id.
 *
 * @returns `unavailable` when some are not queued
 */
export async function queueEvents(
  { mailbox, clock, telemetry }: QueueEventsPorts,
  { productId, configuration }: Product,
  events: readonly (RawEvent | null)[],
  trust: Trust,
): Promise<EventCounts | "unavailable"> {
  const { rules } = configuration.sources;
  const extracted = toEventEnvelopes(events, { productId, acceptedAt: clock.now(), trust, rules });
  const { envelopes, dropped, refused }: Extracted = extracted;
  // Each finds its place by its time, so that none has to wait for the one before it; a body may hold hundreds.
  const queued = envelopes.length > 0 ? await mailbox.send(envelopes, { together: true }) : new Set<number>();
  if (queued.size > 0) telemetry.count("events.accepted", productId, queued.size);
  if (refused > 0) {
    telemetry.count("events.refused", productId, refused);
    telemetry.warn("events.refused", { product_id: productId, events: refused });
  }
  if (queued.size < envelopes.length) {
    telemetry.error("events.not_queued", { product_id: productId, events: envelopes.length, queued: queued.size });
    return "unavailable";
  }
  return { accepted: envelopes.length, dropped, refused };
}
