import type { SQSBatchResponse, SQSEvent } from "aws-lambda";

/** Fails every job, so that none is taken for done. */
export async function handler({ Records: records }: SQSEvent): Promise<SQSBatchResponse> {
  return { batchItemFailures: records.map(({ messageId: itemIdentifier }) => ({ itemIdentifier })) };
}
