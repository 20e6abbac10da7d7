import type { Context, SQSBatchResponse, SQSEvent } from "aws-lambda";
import { deliverPushes } from "../app/deliver-pushes.ts";
import { pushPorts } from "./push-composition.ts";
import { toDelivery } from "./to-delivery.ts";

const { ports, flush } = pushPorts();

/** Sends products' endpoints what their sessions did; what they do not take comes again. */
export async function handler({ Records: records }: SQSEvent, context: Context): Promise<SQSBatchResponse> {
  try {
    const failed = await deliverPushes(ports, records.map(toDelivery), () => context.getRemainingTimeInMillis());
    return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
  } finally {
    flush();
  }
}
