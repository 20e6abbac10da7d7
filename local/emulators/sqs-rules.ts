import { createHash } from "node:crypto";
import type { AwsError } from "../aws-protocol.ts";

/** The parts of a message that SQS checks before it takes it, alike in SendMessage and in an entry of a batch. */
export type Sent = {
  readonly Id?: string;
  readonly MessageBody?: string;
  readonly MessageGroupId?: string;
  readonly MessageDeduplicationId?: string;
};

/** SendMessage, API reference: alphanumeric characters and punctuation, 1 to 128. The emulator takes anything. */
const identifier = /^[A-Za-z0-9!"#$%&'()*+,\-./:;<=>?@[\\\]^_`{|}~]{1,128}$/;

/** What SQS would say against the identifiers of a message; undefined when nothing. */
export function refusal({ MessageGroupId, MessageDeduplicationId }: Sent): AwsError | undefined {
  for (const [name, value] of Object.entries({ MessageGroupId, MessageDeduplicationId })) {
    if (value === undefined || identifier.test(value)) continue;
    const message =
      `Value ${JSON.stringify(value)} for parameter ${name} is invalid. Reason: ${name} can only include ` +
      "alphanumeric and punctuation characters. 1 to 128 in length.";
    return { code: "InvalidParameterValue", message };
  }
  return undefined;
}

const separator = "\u0000";

/**
 * With `DeduplicationScope: messageGroup`, equal ids in two groups are two messages. The emulator compares ids within
 * the whole queue: the group is put before the id on the way in, and `withoutGroup` takes it off what is stored.
 */
export function withGroup(sent: Sent): Sent {
  const id =
    sent.MessageDeduplicationId ??
    createHash("sha256")
      .update(sent.MessageBody ?? "")
      .digest("hex");
  return { ...sent, MessageDeduplicationId: `${sent.MessageGroupId}${separator}${id}` };
}

export function withoutGroup(deduplicationId: string): string {
  return deduplicationId.slice(deduplicationId.indexOf(separator) + 1);
}
