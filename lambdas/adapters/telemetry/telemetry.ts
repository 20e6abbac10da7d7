import { Logger } from "@aws-lambda-powertools/logger";
import type { Telemetry } from "../../app/ports.ts";
import { createCounters } from "./counters.ts";
import { safeError } from "./safe-error.ts";

export type FlushableTelemetry = Telemetry & {
  /** Writes the metrics that were counted. A handler calls it at the end of every invocation, also of a failed one. */
  flush(): void;
};

/**
 * One JSON line a log entry and CloudWatch embedded metrics, both on standard output.
 *
 * @param service the function's name, which every line and metric carries.
 */
export function createTelemetry(service: string): FlushableTelemetry {
  const logger = new Logger({ serviceName: service });
  const counters = createCounters(service);
  return {
    info: (event, fields) => logger.info(event, fields),
    warn: (event, fields) => logger.warn(event, fields),
    error: (event, fields, cause) =>
      logger.error(event, cause === undefined ? fields : { ...fields, error: safeError(cause) }),
    count: (metric, productId, value = 1) => counters.add(metric, productId, value),
    flush: counters.flush,
  };
}
