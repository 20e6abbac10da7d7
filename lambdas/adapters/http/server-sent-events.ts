import type { StreamEntry } from "../../app/stream-ports.ts";
import type { PushedPayload } from "../../domain/activity/push.ts";

type Frame = { readonly id?: string; readonly name: string; readonly data: object };

/** JSON has no line break outside of its strings' escapes. */
function frame({ id, name, data }: Frame): string {
  const idLine = id === undefined ? "" : `id: ${id}\n`;
  return `${idLine}event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
}

/** How long a client waits before it comes back (HTML standard, "Server-sent events"). */
export function retryAfter(ms: number): string {
  return `retry: ${ms}\n\n`;
}

/** An entry as a page reads it; a heartbeat is a comment. */
export function encodeEntry(entry: StreamEntry): string {
  switch (entry.kind) {
    case "event":
      return frame({ id: entry.id, name: entry.event.type, data: entry.event });
    case "place":
      // Dispatches nothing, and sets the last event's id (HTML standard).
      return `id: ${entry.id}\n\n`;
    case "heartbeat":
      return ": still here\n\n";
    default:
      return entry satisfies never;
  }
}

/**
 * An entry of a product's stream as the reference's clients read it: they parse the data of every frame, and of comments
 * that follow one with an id, but for frames that are named `heartbeat`.
 */
export function encodeFeedEntry(entry: StreamEntry<PushedPayload>): string {
  switch (entry.kind) {
    case "event":
      return frame({ id: entry.id, name: entry.event.type, data: entry.event });
    case "place":
      return frame({ id: entry.id, name: "heartbeat", data: {} });
    case "heartbeat":
      return frame({ name: "heartbeat", data: {} });
    default:
      return entry satisfies never;
  }
}
