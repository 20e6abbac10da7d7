import type { LocalCloud } from "../../../local/boot.ts";
import type { RoadToIntercom } from "./road-to-intercom.ts";

/** What is kept for a report: enough for the longest test, and readable. */
const KEPT_LINES = 400;

export type Trace = {
  /** What happened since the last call of `clear`, a line an event. */
  lines(): readonly string[];
  clear(): void;
};

/** Listens to everything that moves in a local cloud: AWS requests, Intercom calls, and what the functions wrote. */
export function startTrace(cloud: LocalCloud, roads: ReadonlyMap<string, RoadToIntercom>): Trace {
  const lines: string[] = [];
  const write = (line: string) => {
    lines.push(`${new Date().toISOString().slice(14, 23)} ${line}`);
    if (lines.length > KEPT_LINES) lines.shift();
  };
  cloud.gateway.observe(({ caller, processId, service, operation }, status) => {
    if (operation !== "ReceiveMessage") write(`${processId ?? caller}: ${service} ${operation} -> ${status}`);
  });
  cloud.logs.onLine(({ functionId, line }) => write(`${functionId} | ${line}`));
  for (const [productId, road] of roads) {
    road.onCall((step, { method, path }) => write(`Intercom of ${productId}, ${step}: ${method} ${path}`));
  }
  return {
    lines: () => lines,
    clear: () => void lines.splice(0),
  };
}
