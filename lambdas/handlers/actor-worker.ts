import type { Context, SQSBatchResponse, SQSEvent } from "aws-lambda";
import { processDeliveries } from "../app/process-deliveries.ts";
import { toDelivery } from "./to-delivery.ts";
import { turnPorts } from "./turn-composition.ts";

const { ports, flush } = turnPorts();

/** Takes the turns of the actors whose messages are in the batch. */
export async function handler({ Records: records }: SQSEvent, context: Context): Promise<SQSBatchResponse> {
  try {
    const failed = await processDeliveries(ports, records.map(toDelivery), () => context.getRemainingTimeInMillis());
    return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
  } finally {
    flush();
  }
}
