import type { Context, SQSBatchResponse, SQSEvent } from "aws-lambda";
import { performJobs } from "../app/perform-jobs.ts";
import { jobPorts } from "./job-composition.ts";
import { toDelivery } from "./to-delivery.ts";

const { ports, flush } = jobPorts();

/** Performs the jobs of sessions; those that fail come again. */
export async function handler({ Records: records }: SQSEvent, context: Context): Promise<SQSBatchResponse> {
  try {
    const failed = await performJobs(ports, records.map(toDelivery), () => context.getRemainingTimeInMillis());
    return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
  } finally {
    flush();
  }
}
