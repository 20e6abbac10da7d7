import { Metrics, MetricUnit } from "@aws-lambda-powertools/metrics";

export const METRICS_NAMESPACE = "Throughline";

/** EMF takes 100 metrics a line; Powertools then writes the line by itself and forgets its dimensions. */
const MAX_METRICS = 100;

export type Counters = {
  add(metric: string, productId: string, value: number): void;
  /** Writes one EMF line a product, dimensions `service` and `product_id`. */
  flush(): void;
};

/** Counts in memory, so that an invocation costs one log line a product and not one a count. */
export function createCounters(service: string): Counters {
  const metrics = new Metrics({ namespace: METRICS_NAMESPACE, serviceName: service });
  const products = new Map<string, Map<string, number>>();

  const flush = (): void => {
    for (const [productId, counts] of products) {
      metrics.addDimension("product_id", productId);
      for (const [metric, value] of counts) metrics.addMetric(metric, MetricUnit.Count, value);
      metrics.publishStoredMetrics();
    }
    products.clear();
  };

  return {
    add: (metric, productId, value) => {
      const counts = products.get(productId) ?? new Map<string, number>();
      products.set(productId, counts.set(metric, (counts.get(metric) ?? 0) + value));
      if (counts.size === MAX_METRICS - 1) flush();
    },
    flush,
  };
}
