import * as z from "zod";
import type { System } from "./system.ts";

const metricLine = z.object({
  service: z.string(),
  _aws: z.object({
    CloudWatchMetrics: z.array(
      z.object({ Dimensions: z.array(z.array(z.string())), Metrics: z.array(z.object({ Name: z.string() })) }),
    ),
  }),
});

/** Metrics that CloudWatch makes of what the functions write; it charges for each by the month. */
export type CustomMetrics = {
  /** Names of those that a stage has once. */
  readonly ofStage: readonly string[];
  /** Names of those that it has once more for every product. */
  readonly ofProduct: readonly string[];
};

/** @returns what was written since. */
export function watchCustomMetrics({ cloud }: System): () => CustomMetrics {
  const ofStage = new Set<string>();
  const ofProduct = new Set<string>();
  cloud.logs.onLine(({ line }) => {
    if (!line.includes('"CloudWatchMetrics"')) return;
    const { service, _aws } = metricLine.parse(JSON.parse(line));
    for (const { Dimensions, Metrics } of _aws.CloudWatchMetrics) {
      for (const dimensions of Dimensions) {
        const metrics = dimensions.includes("product_id") ? ofProduct : ofStage;
        for (const { Name } of Metrics) metrics.add(`${service} ${Name}`);
      }
    }
  });
  return () => ({ ofStage: [...ofStage].sort(), ofProduct: [...ofProduct].sort() });
}
