import type { EventType } from "./event-details.ts";

/** What happened, in the past tense: published on the account's event bus and counted as a metric. */
export type DomainEvent = {
  readonly type: EventType;
  readonly productId: string;
  readonly sessionId: string;
  readonly conversationId: string;
  /** Milliseconds. */
  readonly at: number;
  /** What a reader of this event type would want to know: counts and reasons, never texts. Its fields are in event-details.ts. */
  readonly detail: Readonly<Record<string, string | number>>;
};

/** One that somebody acts upon, with an id that stays the same when it is published again. */
export type AnnouncedEvent = DomainEvent & { readonly id: string };

/** As rules on the bus know the product. */
export const eventSource = "throughline";

/** Of what every event carries: it changes when a field is changed or taken away, not when one is added. */
export const eventVersion = "1";

/** What stands in an event on the bus, in wire names. */
export function wireDetail(event: DomainEvent | AnnouncedEvent): Readonly<Record<string, string | number>> {
  return {
    ...event.detail,
    version: eventVersion,
    ...("id" in event ? { event_id: event.id } : {}),
    product_id: event.productId,
    session_id: event.sessionId,
    conversation_id: event.conversationId,
    at: new Date(event.at).toISOString(),
  };
}
