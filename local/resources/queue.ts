import * as z from "zod";
import type { QueueSettings } from "../emulators/sqs.ts";
import type { ResolvedResource } from "../template/stack.ts";
import { flag, ignored, number, readSettings, referred } from "./settings.ts";

const schema = z.strictObject({
  QueueName: ignored,
  FifoQueue: flag.optional(),
  ContentBasedDeduplication: flag.optional(),
  DeduplicationScope: z.enum(["queue", "messageGroup"]).optional(),
  FifoThroughputLimit: z.enum(["perQueue", "perMessageGroupId"]).optional(),
  DelaySeconds: number.optional(),
  MaximumMessageSize: number.optional(),
  MessageRetentionPeriod: number.optional(),
  ReceiveMessageWaitTimeSeconds: number.optional(),
  VisibilityTimeout: number.optional(),
  RedrivePolicy: z.strictObject({ deadLetterTargetArn: z.string(), maxReceiveCount: number }).optional(),
  RedriveAllowPolicy: ignored,
  KmsMasterKeyId: ignored,
  KmsDataKeyReusePeriodSeconds: ignored,
  SqsManagedSseEnabled: ignored,
  Tags: ignored,
});

/**
 * The queue that a resource describes.
 *
 * @throws Error where CreateQueue would refuse: a FIFO name without the suffix, a dead-letter queue of the other kind.
 */
export function queueSettings(resource: ResolvedResource, queues: readonly ResolvedResource[]): QueueSettings {
  const { RedrivePolicy, ...settings } = readSettings(resource, schema);
  const isFifo = settings.FifoQueue === true;
  if (isFifo !== resource.name.endsWith(".fifo")) {
    throw new Error(`Resources.${resource.logicalId}: a FIFO queue, and no other, has a name that ends with .fifo`);
  }
  if (RedrivePolicy) {
    const target = referred(queues, resource, "RedrivePolicy", RedrivePolicy.deadLetterTargetArn);
    if (target.name.endsWith(".fifo") !== isFifo) {
      throw new Error(
        `Resources.${resource.logicalId}: its dead-letter queue must be FIFO if it is FIFO, and only then`,
      );
    }
  }
  const plain = Object.entries(settings).filter(([, value]) => ["string", "number", "boolean"].includes(typeof value));
  return {
    name: resource.name,
    arn: resource.attributes.Arn ?? "",
    url: resource.ref,
    attributes: {
      ...Object.fromEntries(plain.map(([name, value]) => [name, String(value)])),
      ...(RedrivePolicy ? { RedrivePolicy: JSON.stringify(RedrivePolicy) } : {}),
    },
  };
}
