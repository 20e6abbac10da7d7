import { type EventBridgeClient, PutEventsCommand, type PutEventsRequestEntry } from "@aws-sdk/client-eventbridge";
import type { DomainEvents, Telemetry } from "../../app/ports.ts";
import type { DomainEvent } from "../../domain/actor/domain-event.ts";
import { errorCode } from "../aws/failure.ts";

/** PutEvents takes ten events a request. */
const MAX_ENTRIES = 10;

const SOURCE = "throughline";

function entryOf(event: DomainEvent, busName: string): PutEventsRequestEntry {
  return {
    EventBusName: busName,
    Source: SOURCE,
    DetailType: event.type,
    Time: new Date(event.at),
    Detail: JSON.stringify({
      ...event.detail,
      product_id: event.productId,
      session_id: event.sessionId,
      conversation_id: event.conversationId,
      at: new Date(event.at).toISOString(),
    }),
  };
}

/**
 * The account's event bus. It never rejects: a session must not wait for its listeners. What is lost is logged and
 * counted as `event.lost`.
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

  const put = async (events: readonly DomainEvent[]): Promise<void> => {
    try {
      const entries = events.map((event) => entryOf(event, busName));
      // Entries of the answer stand in the order of the request (PutEvents, API reference).
      const { Entries: results = [] } = await client.send(new PutEventsCommand({ Entries: entries }));
      events.forEach((event, index) => {
        const code = results[index]?.ErrorCode;
        if (code) lost(event, code);
      });
    } catch (error) {
      for (const event of events) lost(event, errorCode(error));
    }
  };

  return {
    publish: async (events) => {
      for (let start = 0; start < events.length; start += MAX_ENTRIES) {
        await put(events.slice(start, start + MAX_ENTRIES));
      }
    },
  };
}
