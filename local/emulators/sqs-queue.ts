import type { SqsQueue } from "../../node_modules/fauxqs/dist/sqs/sqsStore.js";
import { withoutGroup } from "./sqs-rules.ts";

/**
 * Makes a queue of the emulator behave as SQS where it does not, and announces each change of its messages:
 *
 * - a receive hands out as many messages of one group as it can before it turns to the next group (SQS developer guide,
 *   "Receiving messages" of FIFO queues); the emulator hands out one message a group;
 * - messages that become visible again stand in the order in which they were sent; the emulator reverses them.
 */
export function behaveAsSqs(queue: SqsQueue, onChange: () => void): void {
  const enqueue = queue.enqueue.bind(queue);
  queue.enqueue = (message) => {
    if (message.messageDeduplicationId !== undefined) {
      message.messageDeduplicationId = withoutGroup(message.messageDeduplicationId);
    }
    enqueue(message);
    onChange();
  };
  const deleteMessage = queue.deleteMessage.bind(queue);
  queue.deleteMessage = (receiptHandle) => {
    const deleted = deleteMessage(receiptHandle);
    onChange();
    return deleted;
  };
  const dequeue = queue.dequeue.bind(queue);
  queue.dequeue = (maximum, ...rest) => {
    const received = queue.isFifo() ? [] : dequeue(maximum, ...rest);
    const groups: string[] = [];
    while (queue.isFifo() && received.length < maximum) {
      const [message] = dequeue(1, ...rest);
      if (!message) break;
      received.push(message);
      const group = queue.inflightMessages.get(message.ReceiptHandle)?.message.messageGroupId ?? "";
      groups.push(group);
      lock(queue, group, -1);
    }
    for (const group of groups) lock(queue, group, 1);
    if (received.length > 0) onChange();
    return received;
  };
  if (queue.isFifo()) keepOrder(queue);
}

/** The emulator counts a group's messages in flight, and hands out none of a group with a count. */
function lock(queue: SqsQueue, group: string, change: 1 | -1): void {
  const count = (queue.fifoLockedGroups.get(group) ?? 0) + change;
  if (count > 0) queue.fifoLockedGroups.set(group, count);
  else queue.fifoLockedGroups.delete(group);
}

function keepOrder(queue: SqsQueue): void {
  const sort = () => {
    for (const messages of queue.fifoMessages.values()) {
      messages.sort((a, b) => (a.sequenceNumber ?? "").localeCompare(b.sequenceNumber ?? ""));
    }
  };
  const processTimers = queue.processTimers.bind(queue);
  queue.processTimers = () => {
    const inFlight = queue.inflightMessages.size;
    processTimers();
    if (queue.inflightMessages.size < inFlight) sort();
  };
  const changeVisibility = queue.changeVisibility.bind(queue);
  queue.changeVisibility = (receiptHandle, timeoutSeconds) => {
    changeVisibility(receiptHandle, timeoutSeconds);
    sort();
  };
}
