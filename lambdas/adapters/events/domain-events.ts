import { type EventBridgeClient, PutEventsCommand, type PutEventsRequestEntry } from "@aws-sdk/client-eventbridge";
import { type DomainEvents, RetryableError, type Telemetry } from "../../app/ports.ts";
import { type AnnouncedEvent, type DomainEvent, eventSource, wireDetail } from "../../domain/actor/domain-event.ts";
import { calling, errorCode } from "../aws/failure.ts";

/** PutEvents takes ten events a request. */
const MAX_ENTRIES = 10;

function entryOf(event: DomainEvent | AnnouncedEvent, busName: string): PutEventsRequestEntry {
  return {
    EventBusName: busName,
    Source: eventSource,
    DetailType: event.type,
    Time: new Date(event.at),
    Detail: JSON.stringify(wireDetail(event)),
  };
}

/**
 * The account's event bus. Publishing never rejects: a session must not wait for its listeners. What is lost is logged
 * and counted as `event.lost`. What is announced is acted upon: it carries an `event_id`, and the bus confirms it.
 */
export function createEventBridgeDomainEvents(options: {
  readonly client: EventBridgeClient;
  readonly busName: string;
  readonly telemetry: Telemetry;
}): DomainEvents {
  const { client, busName, telemetry } = options;

  const lost = (event: DomainEvent, code: string | undefined): void => {
    telemetry.warn("event.lost", { product_id: event.productId, type: event.type, code });
    telemetry.count("event.lost", event.productId);
  };

  /** Resolves to an error code for each event, undefined where the bus took it. */
  const put = async (events: readonly DomainEvent[]): Promise<readonly (string | undefined)[]> => {
    const entries = events.map((event) => entryOf(event, busName));
    const { Entries: results = [] } = await client.send(new PutEventsCommand({ Entries: entries }));
    // Entries of the answer stand in the order of the request (PutEvents, API reference).
    return events.map((_, index) => results[index]?.ErrorCode);
  };

  const inRequests = (events: readonly DomainEvent[]): readonly (readonly DomainEvent[])[] =>
    Array.from({ length: Math.ceil(events.length / MAX_ENTRIES) }, (_, n) =>
      events.slice(n * MAX_ENTRIES, (n + 1) * MAX_ENTRIES),
    );

  return {
    publish: async (events) => {
      for (const some of inRequests(events)) {
        const codes = await put(some).catch((error) => some.map(() => errorCode(error)));
        some.forEach((event, index) => {
          if (codes[index]) lost(event, codes[index]);
        });
      }
    },
    announce: async (events) => {
      for (const some of inRequests(events)) {
        const codes = await calling("PutEvents", "write", () => put(some));
        const refused = codes.find((code) => code !== undefined);
        if (refused) throw new RetryableError("failed", `PutEvents: ${refused}`);
      }
    },
  };
}
