import { Metrics, MetricUnit } from "@aws-lambda-powertools/metrics";

export const METRICS_NAMESPACE = "Throughline";

/**
 * EMF takes 100 metrics a line and 100 values a metric; at either Powertools would write the line by itself and forget
 * its dimensions.
 */
const MAX_ENTRIES = 100;

type Unit = typeof MetricUnit.Count | typeof MetricUnit.Milliseconds;

type Series = { readonly unit: Unit; readonly values: readonly number[] };

export type MetricsBuffer = {
  count(metric: string, productId: string, value: number): void;
  measure(metric: string, productId: string, durationMs: number): void;
  /**
   * Writes one EMF line a product, with two sets of dimensions: `service`, `stage` and `product_id`, and the same without
   * the product, since an alarm cannot search through all products.
   */
  flush(): void;
};

/** Keeps metrics in memory, so that an invocation costs one log line a product and not one a count. */
export function createMetrics(service: string, stage: string): MetricsBuffer {
  const metrics = new Metrics({ namespace: METRICS_NAMESPACE, serviceName: service, defaultDimensions: { stage } });
  const products = new Map<string, Map<string, Series>>();

  const flush = (): void => {
    for (const [productId, series] of products) {
      metrics.addDimensions({ product_id: productId }).addDimensions({});
      for (const [metric, { unit, values }] of series) {
        for (const value of values) metrics.addMetric(metric, unit, value);
      }
      metrics.publishStoredMetrics();
    }
    products.clear();
  };

  const add = (
    metric: string,
    productId: string,
    unit: Unit,
    change: (values: readonly number[]) => Series["values"],
  ) => {
    const ofProduct = products.get(productId) ?? new Map<string, Series>();
    const values = change(ofProduct.get(metric)?.values ?? []);
    products.set(productId, ofProduct.set(metric, { unit, values }));
    if (ofProduct.size === MAX_ENTRIES - 1 || values.length === MAX_ENTRIES - 1) flush();
  };

  return {
    count: (metric, productId, value) => add(metric, productId, MetricUnit.Count, ([sum = 0]) => [sum + value]),
    measure: (metric, productId, durationMs) =>
      add(metric, productId, MetricUnit.Milliseconds, (values) => [...values, durationMs]),
    flush,
  };
}
