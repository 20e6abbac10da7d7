import { SendMessageBatchCommand, type SQSClient } from "@aws-sdk/client-sqs";
import type { Mailbox, Telemetry } from "../../app/ports.ts";
import { shortHash } from "../../domain/actor/hash.ts";
import { messageGroupId } from "../../domain/actor/keys.ts";
import type { Envelope } from "../../domain/actor/message.ts";
import { errorCode } from "../aws/failure.ts";
import { messageBody } from "../aws/message-body.ts";
import { type Entry, lanesOf, packed } from "./rounds.ts";

function entryOf(envelope: Envelope, index: number): Entry {
  const group = messageGroupId(envelope.actor);
  // The group is part of it: one cause may send the same message id to several actors of one queue.
  const deduplicationId = shortHash(group, envelope.message.id);
  return { index, group, deduplicationId, body: messageBody(envelope) };
}

/**
 * The actors' FIFO queue. A request may fail for some of its entries only, so it carries no two messages of one group
 * unless they may go together: they go in rounds, the next of a group after what is before it is queued.
 */
export function createSqsMailbox(options: {
  readonly client: SQSClient;
  readonly queueUrl: string;
  readonly telemetry: Telemetry;
}): Mailbox {
  const { client, queueUrl, telemetry } = options;

  /** Resolves to the entries that SQS confirmed. */
  const request = async (entries: readonly Entry[]): Promise<readonly Entry[]> => {
    try {
      const { Failed: failed = [] } = await client.send(
        new SendMessageBatchCommand({
          QueueUrl: queueUrl,
          Entries: entries.map((entry) => ({
            Id: String(entry.index),
            MessageBody: entry.body,
            MessageGroupId: entry.group,
            MessageDeduplicationId: entry.deduplicationId,
          })),
        }),
      );
      for (const entry of failed) telemetry.warn("mailbox.refused", { code: entry.Code });
      const refused = new Set(failed.map((entry) => entry.Id));
      return entries.filter((entry) => !refused.has(String(entry.index)));
    } catch (error) {
      telemetry.warn("mailbox.failed", { code: errorCode(error), messages: entries.length });
      return [];
    }
  };

  return {
    send: async (envelopes, { together = false } = {}) => {
      const durable = new Set<number>();
      let lanes = lanesOf(envelopes.map(entryOf), together);
      for (let round = 0; lanes.length > 0; round += 1) {
        const confirmed = await Promise.all(packed(lanes.flatMap((lane) => lane.slice(round, round + 1))).map(request));
        for (const entry of confirmed.flat()) durable.add(entry.index);
        lanes = lanes.filter((lane) => {
          return lane.length > round + 1 && lane[round]?.every(({ index }) => durable.has(index));
        });
      }
      return durable;
    },
  };
}
