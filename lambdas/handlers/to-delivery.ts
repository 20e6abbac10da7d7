import type { SQSRecord } from "aws-lambda";
import type { Delivery } from "../app/turn-ports.ts";

/** A message of a FIFO queue as its event source hands it over. */
export function toDelivery({ messageId, receiptHandle, attributes, body }: SQSRecord): Delivery {
  const { MessageGroupId: group = "", ApproximateReceiveCount: receives } = attributes;
  return { messageId, receipt: receiptHandle, group, receives: Number(receives), body };
}
