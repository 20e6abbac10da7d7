import type { LogFields, Telemetry } from "../../../lambdas/app/ports.ts";

export type LogEntry = {
  readonly level: "info" | "warn" | "error";
  readonly event: string;
  readonly fields: LogFields;
  readonly cause?: unknown;
};

export type MemoryTelemetry = Telemetry & {
  entries(): readonly LogEntry[];
  /** What was counted of a metric for a product. */
  counted(metric: string, productId: string): number;
  /** What was measured of a metric for a product, milliseconds, in order. */
  measured(metric: string, productId: string): readonly number[];
};

/** Telemetry that remembers. */
export function createMemoryTelemetry(): MemoryTelemetry {
  const entries: LogEntry[] = [];
  const counts = new Map<string, number>();
  const durationsMs = new Map<string, readonly number[]>();
  const keyOf = (metric: string, productId: string): string => JSON.stringify([metric, productId]);
  return {
    info: (event, fields) => void entries.push({ level: "info", event, fields }),
    warn: (event, fields) => void entries.push({ level: "warn", event, fields }),
    error: (event, fields, cause) => void entries.push({ level: "error", event, fields, cause }),
    count: (metric, productId, value = 1) => {
      const key = keyOf(metric, productId);
      counts.set(key, (counts.get(key) ?? 0) + value);
    },
    measure: (metric, productId, durationMs) => {
      const key = keyOf(metric, productId);
      durationsMs.set(key, [...(durationsMs.get(key) ?? []), durationMs]);
    },
    entries: () => [...entries],
    counted: (metric, productId) => counts.get(keyOf(metric, productId)) ?? 0,
    measured: (metric, productId) => durationsMs.get(keyOf(metric, productId)) ?? [],
  };
}
