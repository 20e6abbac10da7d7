import type { Clock, Mailbox } from "../../../lambdas/app/ports.ts";
import { messageGroupId } from "../../../lambdas/domain/actor/keys.ts";
import { type Envelope, envelopeSchema } from "../../../lambdas/domain/actor/message.ts";

/** SQS forgets a de-duplication id after five minutes. */
const DEDUPLICATION_MS = 300_000;

export type MemoryMailbox = Mailbox & {
  /** Everything that is queued, in the order of arrival. */
  queued(): readonly Envelope[];
  /** Takes everything out, as a consumer does that never fails. */
  drain(): readonly Envelope[];
  /** From now on, what `refuses` says of an envelope is what the queue does. */
  refuse(refuses: (envelope: Envelope) => boolean): void;
};

/** A FIFO queue: groups in order, de-duplication by message id for five minutes of the given clock. */
export function createMemoryMailbox(clock: Clock): MemoryMailbox {
  const messages: Envelope[] = [];
  const seen = new Map<string, number>();
  let refuses: (envelope: Envelope) => boolean = () => false;

  const accept = (envelope: Envelope): void => {
    const id = JSON.stringify([messageGroupId(envelope.actor), envelope.message.id]);
    const before = seen.get(id);
    if (before !== undefined && clock.now() - before < DEDUPLICATION_MS) return;
    seen.set(id, clock.now());
    messages.push(envelopeSchema.parse(JSON.parse(JSON.stringify(envelope))));
  };

  return {
    send: async (envelopes, { together = false } = {}) => {
      const durable = new Set<number>();
      const stopped = new Set<string>();
      envelopes.forEach((envelope, index) => {
        const group = messageGroupId(envelope.actor);
        if (stopped.has(group) || refuses(envelope)) {
          if (!together) stopped.add(group);
          return;
        }
        accept(envelope);
        durable.add(index);
      });
      return durable;
    },
    queued: () => [...messages],
    drain: () => messages.splice(0),
    refuse: (predicate) => {
      refuses = predicate;
    },
  };
}
