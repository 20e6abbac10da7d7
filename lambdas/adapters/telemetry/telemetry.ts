import { Logger } from "@aws-lambda-powertools/logger";
import type { Telemetry } from "../../app/ports.ts";
import { createMetrics } from "./metrics.ts";
import { safeError } from "./safe-error.ts";

export type FlushableTelemetry = Telemetry & {
  /** Writes the metrics that were counted. A handler calls it at the end of every invocation, also of a failed one. */
  flush(): void;
};

/**
 * One JSON line a log entry and CloudWatch embedded metrics, both on standard output.
 *
 * @param service the function's name, which every line and metric carries.
 * @param stage which every metric carries: stages stand side by side in one account.
 */
export function createTelemetry(service: string, stage: string): FlushableTelemetry {
  const logger = new Logger({ serviceName: service });
  const metrics = createMetrics(service, stage);
  return {
    info: (event, fields) => logger.info(event, fields),
    warn: (event, fields) => logger.warn(event, fields),
    error: (event, fields, cause) =>
      logger.error(event, cause === undefined ? fields : { ...fields, error: safeError(cause) }),
    count: (metric, productId, value = 1) => metrics.count(metric, productId, value),
    measure: metrics.measure,
    flush: metrics.flush,
  };
}
