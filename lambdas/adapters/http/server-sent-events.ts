import type { StreamEntry } from "../../app/stream-ports.ts";

/** How long a client waits before it comes back (HTML standard, "Server-sent events"). */
export function retryAfter(ms: number): string {
  return `retry: ${ms}\n\n`;
}

/** An entry as a client reads it; a heartbeat is a comment. JSON has no line break outside of its strings' escapes. */
export function encodeEntry(entry: StreamEntry): string {
  switch (entry.kind) {
    case "event":
      return `id: ${entry.id}\nevent: ${entry.event.type}\ndata: ${JSON.stringify(entry.event)}\n\n`;
    case "place":
      // Dispatches nothing, and sets the last event's id (HTML standard).
      return `id: ${entry.id}\n\n`;
    case "heartbeat":
      return ": still here\n\n";
    default:
      return entry satisfies never;
  }
}
