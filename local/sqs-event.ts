import type { Message } from "@aws-sdk/client-sqs";
import type { SQSBatchResponse, SQSEvent, SQSRecord } from "aws-lambda";

/** The event with which Lambda hands received messages to a function. */
export function sqsEvent(messages: readonly Message[], queue: { readonly arn: string }, region: string): SQSEvent {
  return {
    Records: messages.map((message): SQSRecord => {
      const attributes = Object.entries(message.MessageAttributes ?? {}).map(([name, attribute]) => [
        name,
        {
          dataType: attribute.DataType ?? "String",
          stringListValues: [],
          binaryListValues: [],
          ...(attribute.StringValue === undefined ? {} : { stringValue: attribute.StringValue }),
          ...(attribute.BinaryValue ? { binaryValue: Buffer.from(attribute.BinaryValue).toString("base64") } : {}),
        },
      ]);
      return {
        messageId: message.MessageId ?? "",
        receiptHandle: message.ReceiptHandle ?? "",
        body: message.Body ?? "",
        attributes: message.Attributes as unknown as SQSRecord["attributes"],
        messageAttributes: Object.fromEntries(attributes),
        md5OfBody: message.MD5OfBody ?? "",
        ...(message.MD5OfMessageAttributes ? { md5OfMessageAttributes: message.MD5OfMessageAttributes } : {}),
        eventSource: "aws:sqs",
        eventSourceARN: queue.arn,
        awsRegion: region,
      };
    }),
  };
}

/**
 * Reads which messages a function that reports batch item failures asks to keep. As Lambda does (developer guide,
 * "Reporting batch item failures"): nothing, an empty object or an empty list is a complete success; a list with a
 * wrong key, an empty or an unknown identifier is a complete failure.
 *
 * @returns message ids; "all" for a complete failure.
 */
export function readFailures(payload: unknown, messages: readonly Message[]): ReadonlySet<string> | "all" {
  if (typeof payload !== "object" || payload === null) return new Set();
  const { batchItemFailures: failures = [] } = payload as Partial<SQSBatchResponse>;
  if (failures === null) return new Set();
  if (!Array.isArray(failures)) return "all";
  const known = new Set(messages.map(({ MessageId }) => MessageId));
  const ids = failures.map((failure: { itemIdentifier?: string } | null) => failure?.itemIdentifier);
  return ids.every((id) => id !== undefined && known.has(id)) ? new Set(ids as string[]) : "all";
}
