import { Metrics, MetricUnit } from "@aws-lambda-powertools/metrics";

export const METRICS_NAMESPACE = "Throughline";

/**
 * EMF takes 100 metrics a line and 100 values a metric; at either Powertools would write the line by itself and forget
 * its dimensions.
 */
const MAX_ENTRIES = 100;

type Unit = typeof MetricUnit.Count | typeof MetricUnit.Milliseconds;

type Series = { readonly unit: Unit; readonly values: readonly number[] };

/**
 * What the dashboard tells product by product. CloudWatch charges for each metric and month, so that all others are kept
 * for all products together; their lines name the product, for whoever queries the log.
 */
export const METRICS_OF_PRODUCTS: ReadonlySet<string> = new Set([
  "product.paused.unauthorized",
  "product.paused.limited",
  "configuration.rejected",
  "model.tokens_in",
  "model.tokens_out",
]);

export type MetricsBuffer = {
  count(metric: string, productId: string, value: number): void;
  measure(metric: string, productId: string, durationMs: number): void;
  /**
   * Writes one EMF line a product, with the dimensions `service` and `stage`; and another for {@link METRICS_OF_PRODUCTS},
   * with these and with `product_id` as well, since an alarm cannot search through all products.
   */
  flush(): void;
};

/** Keeps metrics in memory, so that an invocation costs one log line a product and not one a count. */
export function createMetrics(service: string, stage: string): MetricsBuffer {
  const metrics = new Metrics({ namespace: METRICS_NAMESPACE, serviceName: service, defaultDimensions: { stage } });
  const products = new Map<string, Map<string, Series>>();

  const write = (series: readonly (readonly [metric: string, Series])[]): void => {
    for (const [metric, { unit, values }] of series) {
      for (const value of values) metrics.addMetric(metric, unit, value);
    }
    metrics.publishStoredMetrics();
  };

  const flush = (): void => {
    for (const [productId, series] of products) {
      const { ofProduct = [], ofStage = [] } = Object.groupBy(series, ([metric]) =>
        METRICS_OF_PRODUCTS.has(metric) ? "ofProduct" : "ofStage",
      );
      if (ofStage.length > 0) {
        metrics.addMetadata("product_id", productId);
        write(ofStage);
      }
      if (ofProduct.length > 0) {
        metrics.addDimensions({ product_id: productId }).addDimensions({});
        write(ofProduct);
      }
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
