import { randomUUID } from "node:crypto";
import * as z from "zod";
import { type Backend, errorResponse, jsonResponse } from "../aws-protocol.ts";

export type RecordedEvent = {
  readonly bus: string;
  readonly source: string;
  readonly detailType: string;
  readonly detail: unknown;
};

export type EventBuses = {
  readonly backend: Backend;
  createBus(name: string): void;
  recorded(): readonly RecordedEvent[];
  /** Tells of each event from now on. Returns the way to stop. */
  onEvent(listener: (event: RecordedEvent) => void): () => void;
};

const entry = z.looseObject({
  Source: z.string().min(1),
  DetailType: z.string().min(1),
  Detail: z.string(),
  EventBusName: z.string().default("default"),
});

/** EventBridge's PutEvents: at most 10 entries, each judged alone; nothing is delivered, all is recorded. */
export function createEventBuses(): EventBuses {
  const buses = new Set(["default"]);
  const events: RecordedEvent[] = [];
  const listeners = new Set<(event: RecordedEvent) => void>();

  function put(candidate: unknown): { EventId: string } | { ErrorCode: string; ErrorMessage: string } {
    const parsed = entry.safeParse(candidate);
    if (!parsed.success) return { ErrorCode: "InvalidArgument", ErrorMessage: z.prettifyError(parsed.error) };
    const { Source: source, DetailType: detailType, Detail, EventBusName } = parsed.data;
    const bus = EventBusName.split("event-bus/").at(-1) ?? "";
    if (!buses.has(bus)) return { ErrorCode: "ResourceNotFoundException", ErrorMessage: `No event bus ${bus}` };
    const detail = parseObject(Detail);
    if (!detail) return { ErrorCode: "MalformedDetail", ErrorMessage: "Detail is malformed." };
    const event = { bus, source, detailType, detail };
    events.push(event);
    for (const listener of listeners) listener(event);
    return { EventId: randomUUID() };
  }

  return {
    createBus: (name) => void buses.add(name),
    recorded: () => events,
    onEvent(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    async backend({ call }) {
      if (call.operation !== "PutEvents") return errorResponse({ code: "UnknownOperationException" });
      const { Entries } = call.input;
      if (!Array.isArray(Entries) || Entries.length < 1 || Entries.length > 10) {
        return errorResponse({ code: "ValidationException", message: "Entries must have 1 to 10 members" });
      }
      const results = Entries.map(put);
      return jsonResponse({
        FailedEntryCount: results.filter((result) => "ErrorCode" in result).length,
        Entries: results,
      });
    },
  };
}

function parseObject(json: string): object | undefined {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === "object" && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
