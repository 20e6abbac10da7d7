import { Duration } from "aws-cdk-lib";
import { Metric, Stats } from "aws-cdk-lib/aws-cloudwatch";

/** What every metric of the functions is written under: `lambdas/adapters/telemetry/metrics.ts`. */
export const metricsNamespace = "Throughline";

/** A function's name, as its logs and metrics carry it. */
export type Service =
  | "actor-worker"
  | "deadline-relay"
  | "issue-stream-token"
  | "language-worker"
  | "push-delivery"
  | "read-context"
  | "receive-actions"
  | "receive-browser-events"
  | "receive-chat-webhook"
  | "receive-page-reports"
  | "receive-source-webhook"
  | "stream-session";

export interface ThroughlineMetricOptions {
  readonly stage: string;
  readonly service: Service;
  /** @default "Sum" */
  readonly statistic?: string;
  readonly label?: string;
}

/** A metric that the functions write themselves, over all products: an alarm cannot search through them. */
export function throughlineMetric(metricName: string, options: ThroughlineMetricOptions): Metric {
  const { stage, service, statistic = Stats.SUM, label } = options;
  return new Metric({
    namespace: metricsNamespace,
    metricName,
    dimensionsMap: { service, stage },
    period: Duration.minutes(5),
    statistic,
    ...(label === undefined ? {} : { label }),
  });
}
