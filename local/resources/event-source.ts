import * as z from "zod";
import type { EventSourceSettings } from "../event-source-mapping.ts";
import type { ResolvedResource } from "../template/stack.ts";
import { flag, ignored, number, readSettings, referred } from "./settings.ts";

const schema = z.strictObject({
  EventSourceArn: z.string(),
  FunctionName: z.string(),
  BatchSize: number.pipe(z.int().min(1).max(10)).default(10),
  // Lambda begins with five pollers for a queue; without a cap it adds more.
  ScalingConfig: z.strictObject({ MaximumConcurrency: number.pipe(z.int().min(2).max(1000)) }).optional(),
  FunctionResponseTypes: z.array(z.literal("ReportBatchItemFailures")).default([]),
  Enabled: flag.default(true),
  Tags: ignored,
});

const uncapped = 5;

/** The event source that a resource describes, and the function it invokes; undefined when it is disabled. */
export function eventSourceSettings(
  resource: ResolvedResource,
  queues: readonly ResolvedResource[],
  functions: readonly ResolvedResource[],
): { readonly source: EventSourceSettings; readonly functionId: string } | undefined {
  const settings = readSettings(resource, schema);
  if (!settings.Enabled) return undefined;
  const queue = referred(queues, resource, "EventSourceArn", settings.EventSourceArn);
  return {
    functionId: referred(functions, resource, "FunctionName", settings.FunctionName).logicalId,
    source: {
      logicalId: resource.logicalId,
      queue: { name: queue.name, url: queue.ref, arn: settings.EventSourceArn },
      batchSize: settings.BatchSize,
      maximumConcurrency: settings.ScalingConfig?.MaximumConcurrency ?? uncapped,
      reportsFailures: settings.FunctionResponseTypes.length > 0,
    },
  };
}
